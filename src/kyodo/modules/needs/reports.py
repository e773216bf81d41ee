"""The monthly report as its page and its file show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from kyodo.core.ui import charts
from kyodo.engines.calendar import month_from
from kyodo.modules.needs.queries import Report
from kyodo.modules.needs.rules import TOPIC_WORDS

MONTHS = 36


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The drawings of a report, and its topics in words."""

    flow: charts.LineChart
    days: charts.LineChart
    topics: tuple[tuple[str, int, int], ...]


def month_of(text: str, *, today: date) -> date:
    """The first day of the month that the address names (2026-10); the last whole month for none, or nonsense."""
    year, _dash, month = text.partition("-")
    if year.isdecimal() and month.isdecimal() and len(year) == 4 and 1 <= int(month) <= 12 and int(year) >= 2000:
        return min(date(int(year), int(month), 1), today.replace(day=1))
    return months_before(today)[1]


def months_before(today: date) -> list[date]:
    """This month and those before it, the latest first."""
    return [month_from(today, -back) for back in range(MONTHS)]


def lines(report: Report) -> list[list[object]]:
    """The months as rows of a file, with their heading."""
    head = [
        gettext("月"),
        gettext("寄せられた相談"),
        gettext("「うちも」"),
        gettext("返事をした相談"),
        gettext("返事までの日数（中央値）"),
        gettext("実施済"),
        gettext("見送り"),
        gettext("効果を測定"),
        gettext("減った時間（年・時間）"),
        gettext("減った費用（年・円）"),
    ]
    rows: list[list[object]] = [
        [
            f"{one.month:%Y-%m}",
            one.posted,
            one.joined,
            one.answered,
            "" if one.days_to_answer is None else round(one.days_to_answer, 1),
            one.solved,
            one.declined,
            one.measured,
            one.hours_saved,
            one.yen_saved,
        ]
        for one in report.months
    ]
    return [list[object](head), *rows]


def draw(report: Report) -> ReportPage:
    """The pictures: what came in and what was solved month by month, and the days to the first answer."""
    points = [f"{one.month.month}" + gettext("月") for one in report.months]
    flow = charts.line_chart(
        [
            _series(gettext("寄せられた"), [one.posted for one in report.months]),
            _series(gettext("実施済"), [one.solved for one in report.months]),
        ],
        points=points,
        point_heading=gettext("月"),
        title=gettext("寄せられた相談と、実施済になった相談（月ごと）"),
    )
    waits = [one.days_to_answer for one in report.months]
    days = charts.line_chart(
        [_series(gettext("日数"), waits)],
        points=points,
        point_heading=gettext("月"),
        title=gettext("最初の返事までの日数（中央値）"),
    )
    return ReportPage(
        flow=flow,
        days=days,
        topics=tuple((gettext(TOPIC_WORDS[topic]), came, solved) for topic, came, solved in report.by_topic),
    )


def _series(name: str, values: Sequence[float | None]) -> charts.Series:
    shown = ["" if value is None else f"{value:,.1f}".removesuffix(".0") for value in values]
    return charts.Series(name=name, values=values, shown=shown)
