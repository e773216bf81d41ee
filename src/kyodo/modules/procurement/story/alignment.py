"""The alignment's pages: the difference table, a topic with what each says of it, what changed between versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from kyodo.core.ui.dates import shown_day
from kyodo.core.ui.parts import Tone
from kyodo.modules.procurement.queries import alignment as queries
from kyodo.modules.procurement.queries.alignment import LotRow, SettlementRow, TopicRow, VersionRow
from kyodo.modules.procurement.rules import alignment as rules
from kyodo.modules.procurement.rules.alignment import (
    OPEN_TOPICS,
    REPLY_WORDS,
    SETTLEMENT_WORDS,
    TOPIC_STATE_WORDS,
    Piece,
    Reply,
    SettlementKind,
    TopicState,
)
from kyodo.modules.procurement.story.names import in_short

TONES: dict[TopicState, Tone] = {
    TopicState.EMPTY: Tone.PLAIN,
    TopicState.SAME: Tone.DONE,
    TopicState.DIFFERS: Tone.WARN,
    TopicState.PROPOSED: Tone.GO,
    TopicState.OBJECTED: Tone.ERROR,
    TopicState.SETTLED: Tone.DONE,
}
MOST_NAMES = 6
DIFFERS = ' class="differs"'
CELL = 40  # letters of a requirement in the table of all; the whole stands in the tip


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One way of saying a requirement, and who says it."""

    text: str
    count: int
    bodies: str
    is_joint: bool


@dataclass(frozen=True, slots=True)
class ShownReply:
    """What a body answered, in words."""

    body: str
    reply: str
    tone: Tone
    remark: str
    when: str


@dataclass(frozen=True, slots=True)
class ShownSettlement:
    """A proposal in words."""

    kind: str
    text: str
    lots: tuple[tuple[str, str], ...]
    leaving: str
    reason: str
    by: str
    when: str
    replies: tuple[ShownReply, ...]
    waiting: str
    closed: str
    closed_reason: str


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic in words. `silent`: bodies that do not mind, or have said nothing."""

    id: int
    group: str
    name: str
    joint: str
    state: str
    tone: Tone
    is_open: bool
    values: tuple[ShownValue, ...]
    silent: str
    settlement: ShownSettlement | None
    suggestion: str


@dataclass(frozen=True, slots=True)
class AlignmentPage:
    """The difference table with its counts."""

    topics: tuple[ShownTopic, ...]
    open_count: int
    counts: tuple[tuple[str, Tone, int], ...]
    by_body: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A row of the comparison of two versions."""

    group: str
    name: str
    how: str  # same, changed, added, removed
    pieces: tuple[Piece, ...]


def tell(case_id: int, topics: Sequence[TopicRow], buyers: Mapping[int, str]) -> AlignmentPage:
    """The difference table of a case."""
    lots = queries.lots_of(case_id)
    open_by_body, unsaid = queries.open_by_body(topics, buyers), queries.unsaid(case_id, buyers)
    counts = dict.fromkeys(TopicState, 0)
    for row in topics:
        counts[row.state] += 1
    return AlignmentPage(
        topics=tuple(shown(row, buyers, lots) for row in topics),
        open_count=sum(counts[state] for state in OPEN_TOPICS),
        counts=tuple((gettext(TOPIC_STATE_WORDS[state]), TONES[state], counts[state]) for state in TopicState),
        by_body=tuple((name, open_by_body.get(body, 0), unsaid.get(body, 0)) for body, name in buyers.items()),
    )


def shown(row: TopicRow, buyers: Mapping[int, str], lots: Sequence[LotRow]) -> ShownTopic:
    """A topic in words."""
    said = {body for value in row.values for body in value.bodies}
    joint = rules.normal(row.joint)
    return ShownTopic(
        id=row.id,
        group=row.group,
        name=row.name,
        joint=row.joint,
        state=gettext(TOPIC_STATE_WORDS[row.state]),
        tone=TONES[row.state],
        is_open=row.state in OPEN_TOPICS,
        values=tuple(
            ShownValue(value.text, len(value.bodies), _names(value.bodies, buyers), rules.normal(value.text) == joint)
            for value in row.values
        ),
        silent=_names([body for body in buyers if body not in said], buyers),
        settlement=_settlement(row.settlement, buyers, lots) if row.settlement else None,
        suggestion=rules.suggestion(row.values),
    )


def side_by_side(topics: Sequence[TopicRow], buyers: Mapping[int, str]) -> SafeString:
    """The table of all requirements of all bodies: 62 times 120 cells, so it is put together here at once."""
    heads = "".join(f'<th scope="col" lang="ja">{escape(name)}</th>' for name in buyers.values())
    lines = []
    texts: dict[str, str] = {}
    for row in topics:
        joint = rules.normal(row.joint)
        cells = []
        for body in buyers:
            said = row.said.get(body)
            if said is None:
                cells.append("<td>…</td>")
                continue
            text, _level = said
            if text not in texts:
                texts[text] = _cell(text)
            differs = bool(text) and rules.normal(text) != joint
            cells.append(f'<td class="differs">{texts[text]}</td>' if differs else f"<td>{texts[text]}</td>")
        head = f'<th scope="row" lang="ja">{escape(row.name)}</th><td lang="ja"><b>{escape(row.joint)}</b></td>'
        lines.append(f"<tr>{head}{''.join(cells)}</tr>")
    joint_word = escape(gettext("共同仕様"))
    what = escape(gettext("要求"))
    head = f'<thead><tr><th scope="col">{what}</th><th scope="col">{joint_word}</th>{heads}</tr></thead>'
    return mark_safe(f'{head}<tbody lang="ja">{"".join(lines)}</tbody>')  # noqa: S308  # each value was escaped


def rows(page: AlignmentPage, case_id: int) -> SafeString:
    """The rows of the difference table: put together here at once, since a big case has hundreds of values."""
    what, state = escape(gettext("要求")), escape(gettext("状態"))
    said, joint = escape(gettext("団体の要求")), escape(gettext("共同仕様"))
    lines = []
    for topic in page.topics:
        values = "<br>".join(
            f"<span{DIFFERS if topic.is_open and not value.is_joint else ''}>"
            f'<span lang="ja">{escape(value.text)}</span> '
            f'<b class="num">{value.count}</b></span> <span class="sub" lang="ja">{escape(value.bodies)}</span>'
            for value in topic.values
        )
        settled = f' <span class="sub">{escape(topic.settlement.kind)}</span>' if topic.settlement else ""
        lines.append(
            f'<tr><th scope="row" data-label="{what}">'
            f'<a href="/procurement/{case_id}/alignment/{topic.id}/" lang="ja">{escape(topic.name)}</a><br>'
            f'<span class="sub" lang="ja">{escape(topic.group)}</span></th>'
            f'<td data-label="{state}"><span class="tag {topic.tone}">{escape(topic.state)}</span></td>'
            f'<td data-label="{said}">{values}</td>'
            f'<td data-label="{joint}"><span lang="ja">{escape(topic.joint)}</span>{settled}</td></tr>'
        )
    return mark_safe("".join(lines))  # noqa: S308  # each value was escaped


def compare(before: VersionRow, after: VersionRow) -> list[ShownChange]:
    """What changed between two versions, row by row; what stayed is left out."""
    old = {row["topic"]: row for row in before.rows}
    new = {row["topic"]: row for row in after.rows}
    changes = []
    for key, row in new.items():
        if key not in old:
            changes.append(ShownChange(row["group"], row["name"], "added", (Piece(_told(row), "added"),)))
        elif _told(old[key]) != _told(row):
            made = tuple(rules.pieces(_told(old[key]), _told(row)))
            changes.append(ShownChange(row["group"], row["name"], "changed", made))
    for key, row in old.items():
        if key not in new:
            changes.append(ShownChange(row["group"], row["name"], "removed", (Piece(_told(row), "removed"),)))
    return changes


def version_rows(version: VersionRow) -> list[dict[str, Any]]:
    """A version's rows in words."""
    return [
        {**row, "how": gettext(SETTLEMENT_WORDS[SettlementKind(row["kind"])]) if row["kind"] else ""}
        for row in version.rows
    ]


def _cell(text: str) -> str:
    if not text:
        return "—"
    if len(text) <= CELL:
        return str(escape(text))
    return f'<span title="{escape(text)}">{escape(text[:CELL])}…</span>'


def _names(bodies: Sequence[int], buyers: Mapping[int, str]) -> str:
    return in_short([buyers[body] for body in bodies if body in buyers], most=MOST_NAMES)


def _settlement(row: SettlementRow, buyers: Mapping[int, str], lots: Sequence[LotRow]) -> ShownSettlement:
    names = {lot.id: lot.name for lot in lots}
    return ShownSettlement(
        kind=gettext(SETTLEMENT_WORDS[row.kind]),
        text=row.text,
        lots=tuple((names[lot], text) for lot, text in row.lots.items() if lot in names),
        leaving="、".join(buyers[body] for body in row.leaving if body in buyers),
        reason=row.reason,
        by=row.proposed_by,
        when=shown_day(row.proposed_at),
        replies=tuple(
            ShownReply(
                one.organisation,
                gettext(REPLY_WORDS[one.reply]),
                Tone.DONE if one.reply is Reply.AGREE else Tone.ERROR,
                one.remark,
                shown_day(one.at),
            )
            for one in row.replies
        ),
        waiting="、".join(buyers[body] for body in row.waiting if body in buyers),
        closed=gettext("{who}（{day}）").format(who=row.closed_by, day=shown_day(row.closed_at))
        if row.closed_at
        else "",
        closed_reason=row.closed_reason,
    )


def _told(row: Mapping[str, Any]) -> str:
    """A row of a version as one text: with its lots."""
    lots = "／".join(f"{lot['name']}：{lot['text']}" for lot in row["lots"])
    return " ".join(part for part in (row["text"], lots) if part)
