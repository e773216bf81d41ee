"""The days of all bodies as a file, and what it says of each."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.field_calendar.queries import BodyYear, DayRow
from kyodo.core.field_calendar.rules import KIND_WORDS
from kyodo.core.lists.declaration import Column, Empty, Listing

BodyAndDay = tuple[BodyYear, DayRow]


def name_of(day: DayRow) -> str:
    """A day's name: as the body wrote it, or ours for what is assumed."""
    return gettext(day.name) if day.is_estimate else day.name


DAYS: Listing[BodyAndDay] = Listing(
    name="field_calendar",
    title=gettext_lazy("年間の予定"),
    columns=(
        Column("code", gettext_lazy("団体コード"), lambda row: row[0].code, width=10),
        Column("body", gettext_lazy("団体"), lambda row: row[0].name, width=16),
        Column("kind", gettext_lazy("種類"), lambda row: gettext(KIND_WORDS[row[1].kind]), width=14),
        Column("name", gettext_lazy("名前"), lambda row: name_of(row[1]), width=24),
        Column("first", gettext_lazy("始まりの日"), lambda row: row[1].first),
        Column("last", gettext_lazy("終わりの日"), lambda row: row[1].last),
        Column("bills", gettext_lazy("議案提出の締切"), lambda row: row[1].bills_due_on),
        Column("year", gettext_lazy("何年度の予算か"), lambda row: row[1].fiscal_year),
        Column("assumed", gettext_lazy("見込み"), lambda row: gettext("見込み") if row[1].is_estimate else ""),
        Column("remark", gettext_lazy("備考"), lambda row: row[1].remark, width=30),
    ),
    filters=django_filters.FilterSet,
    order=("id",),
    empty=Empty(gettext_lazy("まだ団体がありません。")),
)
