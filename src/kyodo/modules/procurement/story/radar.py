"""The radar in words and pictures: months in which contracts end, by kind, and who could buy together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext, ngettext

from kyodo.core.ui.charts import Bar, BarChart, bar_chart
from kyodo.core.ui.dates import shown_full_day, shown_month
from kyodo.core.ui.parts import Tone
from kyodo.modules.procurement.rules import radar
from kyodo.modules.procurement.rules.kinds import KIND_WORDS, kinds
from kyodo.modules.procurement.rules.radar import Companion, End, Together
from kyodo.modules.procurement.rules.timeline import JOINING_WORDS
from kyodo.modules.procurement.story.joining import JOINING_TONES, detail_of


@dataclass(frozen=True, slots=True)
class ShownCompanion:
    """A body that could come in."""

    body: str
    until: str
    items: str
    how: str
    tone: Tone
    detail: str


@dataclass(frozen=True, slots=True)
class ShownTogether:
    """Who could buy together. `address`: where a case of them is opened."""

    kind: str
    starts: str
    span: str
    bodies: tuple[ShownCompanion, ...]
    address: str


@dataclass(frozen=True, slots=True)
class RadarPage:
    """All that the radar shows."""

    charts: tuple[BarChart, ...]
    groups: tuple[ShownTogether, ...]


def tell(ends: Sequence[End]) -> RadarPage:
    """The radar of these ends."""
    by_kind = radar.months_of(ends)
    usual = {code: kind.months for code, kind in kinds().items()}
    return RadarPage(
        charts=tuple(_chart(kind, by_kind[kind]) for kind in KIND_WORDS if kind in by_kind),
        groups=tuple(_group(one) for one in radar.groups(ends, months=usual)),
    )


def _chart(kind: str, months: Mapping[date, set[str]]) -> BarChart:
    bars = [
        Bar(
            label=shown_month(month),
            value=len(bodies),
            shown=ngettext("%(n)d団体", "%(n)d団体", len(bodies)) % {"n": len(bodies)},
        )
        for month, bodies in months.items()
    ]
    return bar_chart(bars, title=gettext(KIND_WORDS[kind]), headings=(gettext("終わる月"), gettext("団体")))


def _group(one: Together) -> ShownTogether:
    bodies = [("body", body.organisation_id) for body in one.bodies]
    return ShownTogether(
        kind=gettext(KIND_WORDS[one.kind]),
        starts=shown_month(one.starts_on),
        span=gettext("{first}〜{last}").format(first=shown_full_day(one.first), last=shown_full_day(one.last)),
        bodies=tuple(_companion(body) for body in one.bodies),
        address=f"/procurement/new/?{urlencode([('kind', one.kind), *bodies])}",
    )


def _companion(body: Companion) -> ShownCompanion:
    return ShownCompanion(
        body=body.organisation,
        until=shown_full_day(body.ends_on),
        items="、".join(body.items),
        how=gettext(JOINING_WORDS[body.joins.how]),
        tone=JOINING_TONES[body.joins.how],
        detail=detail_of(body.joins),
    )
