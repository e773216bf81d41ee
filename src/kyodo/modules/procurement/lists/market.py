"""What companies answered and what bodies were given, as files."""

from __future__ import annotations

from dataclasses import dataclass

import django_filters
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.modules.procurement.queries.estimates import BodyEstimate, EstimateRow
from kyodo.modules.procurement.queries.market import AnswerRow, RfiItemRow
from kyodo.modules.procurement.rules.estimate import BASIS_WORDS, CLASS_WORDS, Span, percent_words, share
from kyodo.modules.procurement.rules.market import FigureDraft
from kyodo.modules.procurement.rules.survey import BUDGET_WORDS


@dataclass(frozen=True, slots=True)
class Compared:
    """A company's figures for an item."""

    item: RfiItemRow
    answer: AnswerRow
    figure: FigureDraft | None


def compared(items: tuple[RfiItemRow, ...], answers: list[AnswerRow]) -> list[Compared]:
    """All pairs, the items in their order."""
    return [Compared(item, answer, answer.figures.get(item.id)) for item in items for answer in answers]


def _yen(name: str) -> Column[Compared]:
    labels = {
        "initial_low": gettext_lazy("初期（低）"),
        "initial_likely": gettext_lazy("初期（標準）"),
        "initial_high": gettext_lazy("初期（高）"),
        "yearly_low": gettext_lazy("年額（低）"),
        "yearly_likely": gettext_lazy("年額（標準）"),
        "yearly_high": gettext_lazy("年額（高）"),
    }
    return Column(name, labels[name], lambda row: getattr(row.figure, name, None), number=True)


COMPARISON: Listing[Compared] = Listing(
    name="procurement_market",
    title=gettext_lazy("情報提供依頼の比較"),
    columns=(
        Column("item", gettext_lazy("品目"), lambda row: row.item.name, width=28),
        Column("quantity", gettext_lazy("数量"), lambda row: row.item.quantity, number=True),
        Column("unit", gettext_lazy("単位"), lambda row: row.item.unit, width=8),
        Column("company", gettext_lazy("企業"), lambda row: row.answer.name, width=24),
        Column("number", gettext_lazy("法人番号"), lambda row: row.answer.corporate_number, width=16),
        _yen("initial_low"),
        _yen("initial_likely"),
        _yen("initial_high"),
        _yen("yearly_low"),
        _yen("yearly_likely"),
        _yen("yearly_high"),
        Column(
            "confidential",
            gettext_lazy("非公開"),
            lambda row: gettext("非公開") if row.figure and row.figure.is_confidential else "",
        ),
        Column("note", gettext_lazy("補足"), lambda row: row.figure.note if row.figure else "", width=40),
    ),
    filters=django_filters.FilterSet,
    order=("id",),
    empty=Empty(gettext_lazy("まだ回答がありません。")),
)


def _likely(row: BodyEstimate) -> Span:
    return row.estimate.total.first_year if row.estimate else Span()


def budget_words(row: BodyEstimate) -> str:
    """In which budget a body got it."""
    return gettext("・").join(gettext(BUDGET_WORDS[one.kind]) for one in row.budgets)


ESTIMATES: Listing[BodyEstimate] = Listing(
    name="procurement_estimates",
    title=gettext_lazy("予算要求用見積"),
    columns=(
        Column("code", gettext_lazy("団体コード"), lambda row: row.code, width=10),
        Column("body", gettext_lazy("団体"), lambda row: row.organisation, width=16),
        Column("version", gettext_lazy("版"), lambda row: row.estimate.number if row.estimate else None, width=6),
        Column("due", gettext_lazy("予算要求の締切"), lambda row: row.estimate.due_on if row.estimate else None),
        Column(
            "assumed",
            gettext_lazy("見込み"),
            lambda row: gettext("見込み") if row.estimate and row.estimate.is_due_assumed else "",
        ),
        Column(
            "low", gettext_lazy("初年度（低）"), lambda row: _likely(row).low if row.estimate else None, number=True
        ),
        Column(
            "likely",
            gettext_lazy("初年度（標準）"),
            lambda row: _likely(row).likely if row.estimate else None,
            number=True,
        ),
        Column(
            "high", gettext_lazy("初年度（高）"), lambda row: _likely(row).high if row.estimate else None, number=True
        ),
        Column(
            "initial",
            gettext_lazy("初期（標準）"),
            lambda row: row.estimate.total.initial.likely if row.estimate else None,
            number=True,
        ),
        Column(
            "yearly",
            gettext_lazy("年額（標準）"),
            lambda row: row.estimate.total.yearly.likely if row.estimate else None,
            number=True,
        ),
        Column(
            "confirmed", gettext_lazy("確認"), lambda row: row.estimate.confirmed_at if row.estimate else None, width=18
        ),
        Column("kind", gettext_lazy("予算"), budget_words),
        Column("budget", gettext_lazy("予算額"), lambda row: row.got, number=True),
        Column(
            "share",
            gettext_lazy("予算額／標準（％）"),
            lambda row: share(row.got, _likely(row).likely) if row.got is not None else None,
            number=True,
        ),
    ),
    filters=django_filters.FilterSet,
    order=("id",),
    empty=Empty(gettext_lazy("まだ見積を渡していません。")),
)


@dataclass(frozen=True, slots=True)
class LineOfBody:
    """A line of a body's version."""

    body: EstimateRow
    index: int


def lines_of(row: EstimateRow) -> list[LineOfBody]:
    """All lines of a version."""
    return [LineOfBody(row, index) for index in range(len(row.lines))]


def _line_yen(key: str, label: object, side: str, end: str) -> Column[LineOfBody]:
    def value(row: LineOfBody) -> int:
        found: int = getattr(getattr(row.body.lines[row.index].amounts, side), end)
        return found

    return Column(key, label, value, number=True)  # type: ignore[arg-type]


LINES: Listing[LineOfBody] = Listing(
    name="procurement_estimate_lines",
    title=gettext_lazy("予算要求用見積の内訳"),
    columns=(
        Column("item", gettext_lazy("品目"), lambda row: row.body.lines[row.index].name, width=28),
        Column("quantity", gettext_lazy("数量"), lambda row: row.body.lines[row.index].quantity, number=True),
        Column("unit", gettext_lazy("単位"), lambda row: row.body.lines[row.index].unit, width=8),
        Column("class", gettext_lazy("節"), lambda row: gettext(CLASS_WORDS[row.body.lines[row.index].budget_class])),
        Column("tax", gettext_lazy("消費税率（％）"), lambda row: percent_words(row.body.tax_percent)),
        _line_yen("initial_low", gettext_lazy("初期（低）"), "initial", "low"),
        _line_yen("initial_likely", gettext_lazy("初期（標準）"), "initial", "likely"),
        _line_yen("initial_high", gettext_lazy("初期（高）"), "initial", "high"),
        _line_yen("yearly_low", gettext_lazy("年額（低）"), "yearly", "low"),
        _line_yen("yearly_likely", gettext_lazy("年額（標準）"), "yearly", "likely"),
        _line_yen("yearly_high", gettext_lazy("年額（高）"), "yearly", "high"),
        _line_yen("first_low", gettext_lazy("初年度（低）"), "first_year", "low"),
        _line_yen("first_likely", gettext_lazy("初年度（標準）"), "first_year", "likely"),
        _line_yen("first_high", gettext_lazy("初年度（高）"), "first_year", "high"),
        Column(
            "basis",
            gettext_lazy("根拠"),
            lambda row: gettext(BASIS_WORDS[row.body.lines[row.index].cost.basis]),
            width=24,
        ),
    ),
    filters=django_filters.FilterSet,
    order=("id",),
    empty=Empty(gettext_lazy("まだ見積を渡していません。")),
)
