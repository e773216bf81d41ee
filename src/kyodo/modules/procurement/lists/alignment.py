"""The difference table as a file: a row a requirement, a column a body."""

from __future__ import annotations

from collections.abc import Mapping

import django_filters
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.modules.procurement.queries.alignment import TopicRow
from kyodo.modules.procurement.rules.alignment import SETTLEMENT_WORDS, TOPIC_STATE_WORDS


def table(buyers: Mapping[int, str]) -> Listing[TopicRow]:
    """The table of a case, whose bodies are its columns."""
    return Listing(
        name="procurement_differences",
        title=gettext_lazy("仕様の差異"),
        columns=(
            Column("group", gettext_lazy("分類"), lambda row: row.group),
            Column("name", gettext_lazy("要求"), lambda row: row.name, width=24),
            Column("state", gettext_lazy("状態"), lambda row: gettext(TOPIC_STATE_WORDS[row.state])),
            Column("joint", gettext_lazy("共同仕様"), lambda row: row.joint, width=30),
            Column("how", gettext_lazy("決め方"), _how, width=18),
            Column(
                "reason", gettext_lazy("理由"), lambda row: row.settlement.reason if row.settlement else "", width=30
            ),
            *(_column(body, name) for body, name in buyers.items()),
        ),
        filters=django_filters.FilterSet,
        order=("id",),
        empty=Empty(gettext_lazy("要求仕様の項目がありません。")),
    )


def _how(row: TopicRow) -> str:
    return gettext(SETTLEMENT_WORDS[row.settlement.kind]) if row.settlement else ""


def _column(body: int, name: str) -> Column[TopicRow]:
    return Column(str(body), name, lambda row: row.said[body][0] if body in row.said else "", width=18)
