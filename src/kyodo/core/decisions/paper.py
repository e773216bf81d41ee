"""起案用資料: what a body needs to know before it decides, on two pages of A4. Pure.

The paper is attached to the town's own 起案, so its words are Japanese whatever language its reader uses here. What a
module does not know is None, and stands on the paper as a blank to be filled in. `sheet_of` makes one content of it,
from which the print page and the DOCX are written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kyodo.core.decisions.rules import Act

BLANK = "（記入してください）"
CUT = "…（全文は、Kyodo のページにあります）"
LINE = 42  # letters of a line of A4 at 10.5pt
# Lines that a text may take, so that all of the first page, and all of the second, fit on one A4 page each.
PURPOSE_LINES = 16
EFFECT_LINES = 12
BASIS_LINES = 6
OPTION_LETTERS = 60
MOST_OPTIONS = 4
MOST_ATTACHMENTS = 8
TITLE_LETTERS = 120

ACT_WORDS: dict[Act, str] = {
    Act.COMMITMENT: "共同の取組への参加",
    Act.REQUEST: "団体としての依頼",
    Act.AWARD: "落札者の決定",
    Act.CONTRACT: "契約の締結",
    Act.TRANSFER: "移転・引継ぎ",
    Act.PUBLICATION: "公表",
}
EMPTY_RECORD = (("決裁日", ""), ("文書番号", ""), ("決裁区分", ""), ("決裁者", ""))


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole yen, with or without consumption tax, and its rate in percent."""

    yen: int
    includes_tax: bool
    tax_percent: int = 10


@dataclass(frozen=True, slots=True)
class BudgetItem:
    """予算科目: 会計・款・項・目・節, each as the body calls it."""

    account: str
    kan: str
    kou: str
    moku: str
    setsu: str


@dataclass(frozen=True, slots=True)
class Option:
    """One of the options that were compared; `yen` with tax, None where nothing is paid or it is not known."""

    name: str
    yen: int | None
    merits: str
    drawbacks: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be decided. None is missing; an empty tuple says that there is none."""

    purpose: str | None = None
    amount: Amount | None = None
    budget_item: BudgetItem | None = None
    legal_basis: str | None = None
    options: tuple[Option, ...] | None = None
    effect: str | None = None
    attachments: tuple[str, ...] | None = None


FIELD_WORDS: dict[str, str] = {
    "purpose": "目的",
    "amount": "金額",
    "budget_item": "予算科目",
    "legal_basis": "根拠法令",
    "options": "比較した案",
    "effect": "効果",
    "attachments": "添付資料",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper as it is set: two pages of headings with texts, and the table of options (its first row the heads)."""

    title: str
    facts: tuple[tuple[str, str], ...]
    first: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, ...], ...]
    second: tuple[tuple[str, str], ...]
    attachments: tuple[str, ...]
    record: tuple[tuple[str, str], ...]


def missing(paper: Paper) -> list[str]:
    """The Japanese names of what the paper lacks, in its order."""
    return [word for field, word in FIELD_WORDS.items() if getattr(paper, field) is None]


def digest_of(title: str, paper: Paper) -> str:
    """SHA-256 in hex of what somebody was asked to approve: tells whether it changed since."""
    text = json.dumps([title, asdict(paper)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def sheet_of(
    *,
    title: str,
    act: Act,
    organisation: str,
    address: str,
    printed: str,
    paper: Paper,
    record: Sequence[tuple[str, str]] = EMPTY_RECORD,
) -> Sheet:
    """The paper as two pages; texts that would not fit are cut and say so. `printed` is the day of printing."""
    options = paper.options
    chosen = ("○", "")
    rows = [("案", "金額（税込）", "長所", "短所", "採用")]
    rows += [
        (
            cut(one.name, letters=OPTION_LETTERS),
            yen_words(one.yen),
            cut(one.merits, letters=OPTION_LETTERS),
            cut(one.drawbacks, letters=OPTION_LETTERS),
            chosen[0] if one.is_chosen else chosen[1],
        )
        for one in (options or ())[:MOST_OPTIONS]
    ]
    if options is None:
        rows.append((BLANK, "", "", "", ""))
    return Sheet(
        title=cut(title, letters=TITLE_LETTERS),
        facts=(
            ("団体", organisation),
            ("決めること", ACT_WORDS[act]),
            ("Kyodo のページ", address),
            ("作成日", printed),
        ),
        first=(
            (FIELD_WORDS["purpose"], cut_to_lines(paper.purpose, PURPOSE_LINES)),
            (FIELD_WORDS["amount"], amount_words(paper.amount)),
            (FIELD_WORDS["budget_item"], budget_words(paper.budget_item)),
            (FIELD_WORDS["legal_basis"], cut_to_lines(paper.legal_basis, BASIS_LINES)),
        ),
        options=tuple(rows),
        second=((FIELD_WORDS["effect"], cut_to_lines(paper.effect, EFFECT_LINES)),),
        attachments=_attachments(paper.attachments),
        record=tuple(record),
    )


def cut(text: str, *, letters: int) -> str:
    """One line of at most so many letters."""
    line = " ".join(text.split())
    return line if len(line) <= letters else f"{line[: letters - 1]}…"


def cut_to_lines(text: str | None, lines: int) -> str:
    """At most so many lines of the paper, and the note that there is more; a blank for what is missing.

    >>> cut_to_lines(None, 3), cut_to_lines("一行", 3)
    ('（記入してください）', '一行')
    """
    if text is None:
        return BLANK
    kept: list[str] = []
    left = lines
    for paragraph in text.split("\n"):
        needed = max(1, -(-len(paragraph) // LINE))
        if needed > left:
            room = left * LINE - len(CUT)
            kept.append(f"{paragraph[:room]}{CUT}" if room > 0 else CUT)
            break
        kept.append(paragraph)
        left -= needed
    return "\n".join(kept)


def amount_words(amount: Amount | None) -> str:
    """12,100円（税込・税率10%）; both figures, since bids are without tax and contracts with it."""
    if amount is None:
        return BLANK
    tax = "税込" if amount.includes_tax else "税抜"
    told = f"{amount.yen:,}円（{tax}・税率{amount.tax_percent}%）"
    if amount.includes_tax:
        return told
    return f"{told}　税込 {amount.yen * (100 + amount.tax_percent) // 100:,}円"


def yen_words(yen: int | None) -> str:
    """A sum in a cell."""
    return "—" if yen is None else f"{yen:,}円"


def budget_words(item: BudgetItem | None) -> str:
    """会計 款 項 目 節 in one line."""
    if item is None:
        return "会計（　　　）　款（　　　）　項（　　　）　目（　　　）　節（　　　）"
    return f"{item.account}　（款）{item.kan}　（項）{item.kou}　（目）{item.moku}　（節）{item.setsu}"


def _attachments(names: Sequence[str] | None) -> tuple[str, ...]:
    if names is None:
        return (BLANK,)
    if len(names) <= MOST_ATTACHMENTS:
        return tuple(cut(name, letters=LINE) for name in names) or ("なし",)
    shown = MOST_ATTACHMENTS - 1
    return (*(cut(name, letters=LINE) for name in names[:shown]), f"ほか{len(names) - shown}点")
