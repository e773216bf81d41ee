"""What ends when in the region, as a file: no prices, no suppliers."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.modules.procurement.rules.kinds import KIND_WORDS
from kyodo.modules.procurement.rules.radar import End

ENDS: Listing[End] = Listing(
    name="procurement_radar",
    title=gettext_lazy("更新レーダー"),
    columns=(
        Column("body", gettext_lazy("団体"), lambda row: row.organisation, width=16),
        Column("kind", gettext_lazy("種類"), lambda row: gettext(KIND_WORDS[row.kind]), width=18),
        Column("item", gettext_lazy("品目"), lambda row: row.item, width=34),
        Column("ends", gettext_lazy("契約の終わり"), lambda row: row.ends_on),
    ),
    filters=django_filters.FilterSet,
    order=("ends_on",),
    empty=Empty(gettext_lazy("終わりのわかる契約がまだありません。")),
)
