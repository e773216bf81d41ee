"""The table of commitments as a file: for coordinators and auditors."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.modules.procurement.queries.commitment import CommitmentRow
from kyodo.modules.procurement.rules.commitment import BUDGET_STATE_WORDS, COMMITMENT_WORDS
from kyodo.modules.procurement.rules.law import Weight


def _count(row: CommitmentRow, weight: Weight) -> int:
    return sum(one.weight is weight for one in row.findings)


COMMITMENTS: Listing[CommitmentRow] = Listing(
    name="procurement_commitments",
    title=gettext_lazy("参加確定"),
    columns=(
        Column("body", gettext_lazy("団体"), lambda row: row.organisation, width=16),
        Column("state", gettext_lazy("状態"), lambda row: gettext(COMMITMENT_WORDS[row.state])),
        Column(
            "amount",
            gettext_lazy("見込みの金額（税込・全期間、円）"),
            lambda row: row.amount_yen,
            number=True,
            width=20,
        ),
        Column("yearly", gettext_lazy("うち1年あたり（税込、円）"), lambda row: row.yearly_yen, number=True, width=20),
        Column("planned", gettext_lazy("契約の予定日"), lambda row: row.planned_on),
        Column("budget", gettext_lazy("予算"), lambda row: gettext(BUDGET_STATE_WORDS[row.budget]), width=18),
        Column("year", gettext_lazy("年度"), lambda row: row.budget_year, number=True),
        Column("item", gettext_lazy("予算科目"), lambda row: row.budget_item, width=30),
        Column("blocks", gettext_lazy("契約までに必要"), lambda row: _count(row, Weight.BLOCKS), number=True),
        Column("warns", gettext_lazy("確かめること"), lambda row: _count(row, Weight.WARNS), number=True),
    ),
    filters=django_filters.FilterSet,
    order=("id",),
    empty=Empty(gettext_lazy("まだ書いた団体はありません。")),
)
