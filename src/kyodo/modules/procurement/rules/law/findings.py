"""All that the law says to a commitment, the heaviest first; and which of its rules change until the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kyodo.core.statutes.rules import Book, Decided
from kyodo.engines.words import _
from kyodo.modules.procurement.rules.law import council, money, selection, ways, wto
from kyodo.modules.procurement.rules.law.facts import CommitmentFacts, Finding, Look, Weight, said, settled

CHANGES = _("今日の行と、{day}の行が違います（いま{before}、そのとき{after}）。{day}の行で見ています。")
CHANGED = _("今日の行と、{day}の行が違います。{day}の行で見ています。")
NO_CLASS = _("団体の区分がわからないので、区分ごとの額を確かめられません。")
ORDER = list(Weight)


def findings_of(facts: CommitmentFacts, *, book: Book, today: date) -> list[Finding]:
    """What the law says; recorded grounds are taken into account. What blocks comes first."""
    look = Look(book, today=today)
    found = [told for one in _all(facts, look) for told in settled(one, facts)]
    found += _changes(look, today)
    return sorted(found, key=lambda one: ORDER.index(one.weight))


def is_blocked(findings: Iterable[Finding]) -> bool:
    """True if something blocks that no recorded ground settles."""
    return any(one.weight is Weight.BLOCKS for one in findings)


def _all(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    if look.book.mark(facts.decides_on).body_class is None:
        yield said("class_unknown", Weight.WARNS, NO_CLASS)
    if facts.contracts and facts.method != "own_purchase":
        yield from council.findings(facts, look)
        yield from selection.findings(facts, look)
        yield from wto.findings(facts, look)
    yield from money.findings(facts, look)
    yield from ways.findings(facts, look)


def _changes(look: Look, today: date) -> Iterator[Finding]:
    """Rules of which another row decides on the day than today."""
    for (rule, kind), then in look.used.items():
        now = look.book.rule_for(rule, kind, on=today)
        if now.row == then.row:
            continue
        day, code = then.on.isoformat(), ":".join(("rule_changes", rule, kind)).rstrip(":")
        if now.value is not None and then.value is not None:
            before, after = _shown(now), _shown(then)
            yield said(code, Weight.TELLS, CHANGES, then, day=day, before=before, after=after)
        else:
            yield said(code, Weight.TELLS, CHANGED, then, day=day)


def _shown(decided: Decided) -> str:
    return f"{decided.value:,f}"
