"""Draws the coordinator's board: columns by what one looks at, cards as HTML, three hundred of them at once.

Written here and not by a template: a template takes ten times as long for each card (as with lists, core/lists/page).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from kyodo.core import clock
from kyodo.core.proxy import marks as proxy
from kyodo.core.ui.dates import shown_day
from kyodo.modules.needs.queries import Board, BoardCard
from kyodo.modules.needs.rules import (
    OPEN,
    PATH,
    ROUTE_WORDS,
    STATE_WORDS,
    TOPIC_WORDS,
    RouteKind,
    State,
    Topic,
)

NOBODY = "—"
OLD_DAYS = 30


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column: its name, how many cards, the cards."""

    label: str
    count: int
    cards: SafeString
    is_people: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to look at the board, with its address."""

    label: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What the template shows."""

    columns: tuple[BoardColumn, ...]
    count: int
    overdue: int
    is_capped: bool
    columns_by: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    whose: tuple[Choice, ...]


Group = Callable[[BoardCard], list[str]]
Order = Callable[[BoardCard], tuple[object, ...]]


def _kinds(card: BoardCard) -> list[str]:
    return [gettext(ROUTE_WORDS[kind]) for kind in card.kinds] or [NOBODY]


GROUPS: dict[str, Group] = {
    "state": lambda card: [gettext(STATE_WORDS[card.state])],
    "topic": lambda card: [gettext(TOPIC_WORDS[card.topic])],
    "kind": _kinds,
    "assignee": lambda card: [card.assignee or NOBODY],
}
ORDERS: dict[str, Order] = {
    "age": lambda card: (card.posted_at, card.id),
    "bodies": lambda card: (-card.backing_count, card.posted_at),
    "due": lambda card: (card.due_on or date.max, card.posted_at),
}


def draw(board: Board, query: Mapping[str, str], *, now: datetime) -> BoardPage:
    """The board as the address asks for it: `by` (columns), `sort` (within them), `who`."""
    by = query.get("by", "") if query.get("by") in GROUPS else "state"
    sort = query.get("sort", "") if query.get("sort") in ORDERS else "age"
    who = "me" if query.get("who") == "me" else "all"
    today = clock.day_of(now)
    groups: dict[str, list[BoardCard]] = {label: [] for label in _expected(by)}
    for card in sorted(board.cards, key=ORDERS[sort]):
        for label in GROUPS[by](card):
            groups.setdefault(label, []).append(card)
    words = _words()
    columns = tuple(
        BoardColumn(_label(label, by), len(cards), _cards(cards, words, by=by, now=now), by == "assignee")
        for label, cards in groups.items()
    )
    chosen = {"by": by, "sort": sort, "who": who}
    return BoardPage(
        columns=columns,
        count=len(board.cards),
        overdue=sum(1 for card in board.cards if card.due_on and card.due_on < today),
        is_capped=board.is_capped,
        columns_by=_choices("by", _words_of_columns(), chosen),
        orders=_choices("sort", _words_of_orders(), chosen),
        whose=_choices("who", {"all": gettext("すべて"), "me": gettext("自分の担当")}, chosen),
    )


def _expected(by: str) -> list[str]:
    """Columns that are there even when empty: a board of states that hides one is misread."""
    return [gettext(STATE_WORDS[state]) for state in PATH if state in OPEN] if by == "state" else []


def _label(label: str, by: str) -> str:
    if label != NOBODY:
        return label
    return gettext("担当なし") if by == "assignee" else gettext("答え方はまだ")


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of states, topics and kinds of answer, ready to be put into a page."""

    states: dict[State, str]
    topics: dict[Topic, str]
    kinds: dict[RouteKind, str]


def _words() -> _Words:
    """Looked up once for all cards."""
    return _Words(
        states={state: escape(gettext(word)) for state, word in STATE_WORDS.items()},
        topics={topic: escape(gettext(word)) for topic, word in TOPIC_WORDS.items()},
        kinds={kind: escape(gettext(word)) for kind, word in ROUTE_WORDS.items()},
    )


def _cards(cards: list[BoardCard], words: _Words, *, by: str, now: datetime) -> SafeString:
    today = clock.day_of(now)
    drawn = (_card(card, words, by=by, days=card.age(now).days, today=today) for card in cards)
    return mark_safe("".join(drawn))  # noqa: S308  # each value is escaped where it is put in


def _card(card: BoardCard, words: _Words, *, by: str, days: int, today: date) -> str:
    old = ' class="old"' if days >= OLD_DAYS else ""
    facts = [f"<span{old}>{escape(_days(days))}</span>"]
    if card.backing_count:
        count = card.backing_count
        joined = ngettext("うちも %(n)d", "うちも %(n)d", count) % {"n": count}
        facts.append(f"<b>{escape(joined)}</b>")
    if by != "state":
        facts.append(f"<span>{words.states[card.state]}</span>")
    if by != "topic":
        facts.append(f"<span>{words.topics[card.topic]}</span>")
    if by != "kind":
        facts += [f"<span>{words.kinds[kind]}</span>" for kind in card.kinds]
    if card.assignee and by != "assignee":
        facts.append(f'<span lang="ja">{escape(card.assignee)}</span>')
    if card.by_proxy:
        facts.append(proxy.tag(card.by_proxy))
    if card.due_on:
        late = ' class="late"' if card.due_on < today else ""
        facts.append(f"<span{late}>{escape(_due(card.due_on, today))}</span>")
    box = f'<input type="checkbox" form="together" name="ids" value="{card.id}"><span class="unseen">#{card.id}</span>'
    return (
        f'<li><label class="pick">{box}</label><a href="/needs/{card.id}/" lang="ja">{escape(card.title)}</a>'
        f'<p class="sub"><span lang="ja">{escape(card.organisation)}</span> {" ".join(facts)}</p></li>'
    )


def _days(days: int) -> str:
    return ngettext("%(n)d日前", "%(n)d日前", days) % {"n": days}


def _due(due_on: date, today: date) -> str:
    words = gettext("期限超過 {day}") if due_on < today else gettext("{day}まで")
    return words.format(day=shown_day(due_on))


def _words_of_columns() -> dict[str, str]:
    return {
        "state": gettext("状態"),
        "topic": gettext("分野"),
        "kind": gettext("答え方"),
        "assignee": gettext("担当"),
    }


def _words_of_orders() -> dict[str, str]:
    return {"age": gettext("古い順"), "bodies": gettext("団体の多い順"), "due": gettext("期限の近い順")}


def _choices(name: str, words: dict[str, str], chosen: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            label,
            "?" + "&".join(f"{key}={value}" for key, value in {**chosen, name: choice}.items()),
            chosen[name] == choice,
        )
        for choice, label in words.items()
    )
