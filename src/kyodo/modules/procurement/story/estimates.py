"""Estimates for the budget in words: a body's page, the paper to attach, how the region stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from kyodo.core.ui.word import Paper
from kyodo.engines.calendar import full_date
from kyodo.modules.procurement.queries.estimates import BodyEstimate, EstimateRow
from kyodo.modules.procurement.rules.estimate import (
    BASIS_WORDS,
    CLASS_WORDS,
    Amounts,
    EstimateBasis,
    Span,
    percent_words,
    share,
)

HEADING = "予算要求用見積（根拠資料）"
HOW = (
    "単価は、情報提供依頼に企業が答えた税抜の金額です。標準は各社の標準の金額の中央値、低・高は各社の最も低い金額と"
    "最も高い金額です。",
    "金額は税込です。品目ごとに、単価×数量に消費税を加え、1円未満を切り捨てました。合計はその和です。千円単位にするときは切り上げてください。",
    "初年度は、初期の金額と、年額のうち初年度の月数分（1円未満切上げ）の和です。",
)


@dataclass(frozen=True, slots=True)
class EstimatePaper:
    """The paper as it is set: facts, the table by 節, the table of items, how it was made."""

    title: str
    facts: tuple[tuple[str, str], ...]
    classes: tuple[tuple[str, ...], ...]
    items: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaxChange:
    """The rate on the planned day of the contract is another one: what the first year comes to then."""

    before: str
    after: str
    on: date
    amounts: Amounts
    difference: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How the bodies of a case stand together: given, confirmed, with a budget; sums; the share that was got."""

    bodies: int
    given: int
    confirmed: int
    recorded: int
    without: int
    asked: int
    got: int
    percent: int | None


def tax_change(row: EstimateRow, percent: Decimal | None, on: date) -> TaxChange | None:
    """What another rate on the planned day changes; None where it is the same, or not known."""
    if percent is None or percent == row.tax_percent:
        return None
    then = row.at(percent)
    before, after = percent_words(row.tax_percent), percent_words(percent)
    return TaxChange(before, after, on, then, then.first_year.likely - row.total.first_year.likely)


def standing(rows: Sequence[BodyEstimate]) -> Standing:
    """How the region stands; the share is of those that said what they got."""
    told = [row for row in rows if row.estimate is not None]
    recorded = [row for row in told if row.got is not None]
    asked = sum(row.estimate.total.first_year.likely for row in recorded if row.estimate)
    got = sum(row.got or 0 for row in recorded)
    return Standing(
        bodies=len(rows),
        given=len(told),
        confirmed=sum(row.estimate is not None and row.estimate.confirmed_at is not None for row in told),
        recorded=len(recorded),
        without=sum(not row.got for row in recorded),
        asked=asked,
        got=got,
        percent=share(got, asked),
    )


def paper(row: EstimateRow, *, title: str, starts_on: date, months: int, change: TaxChange | None) -> EstimatePaper:
    """The paper of a version; Japanese whatever language its reader uses, as it is attached to a budget request."""
    total = row.total
    classes: list[tuple[str, ...]] = [("節", "初期", "年額", "初年度（低）", "初年度（標準）", "初年度（高）")]
    classes += [_sums(CLASS_WORDS[one], sums) for one, sums in row.classes.items()]
    classes.append(_sums("合計", total))
    items = [("品目", "数量", "節", "単価（税抜）", "初期（標準）", "年額（標準）", "初年度（低〜標準〜高）", "根拠")]
    for line in row.lines:
        quantity = "未定" if line.quantity is None else f"{'約' if line.is_about else ''}{line.quantity:,}{line.unit}"
        items.append(
            (
                line.name,
                quantity,
                CLASS_WORDS[line.budget_class],
                _unit(line.cost.initial, line.cost.yearly),
                _yen(line.amounts.initial.likely),
                _yen(line.amounts.yearly.likely),
                "〜".join(_yen(value) for value in _three(line.amounts.first_year)),
                _basis(line.cost.basis, line.cost.answers),
            )
        )
    notes = [*HOW, *_warnings(row)]
    if change is not None:
        notes.append(
            f"契約の予定日（{full_date(change.on)}）の消費税率は{change.after}％です。"
            f"その率では、初年度（標準）は{_yen(change.amounts.first_year.likely)}"
            f"（差額 {change.difference:+,}円）です。"
        )
    return EstimatePaper(
        title=title,
        facts=(
            ("団体", row.organisation),
            ("予算の年度", f"{row.fiscal_year}年度"),
            ("版", f"第{row.number}版（{full_date(_day(row))}）"),
            ("予算要求の締切", f"{full_date(row.due_on)}{'（見込み）' if row.is_due_assumed else ''}"),
            ("利用開始の希望", f"{full_date(starts_on)}から{months}か月（初年度は{row.months}か月）"),
            ("消費税率", f"{percent_words(row.tax_percent)}％（{full_date(_day(row))}現在）"),
        ),
        classes=tuple(classes),
        items=tuple(items),
        notes=tuple(notes),
    )


def written(sheet: EstimatePaper) -> bytes:
    """The paper as DOCX, A4 across, to be gone on with in a word processor."""
    paper = Paper(HEADING, sheet.title, across=True)
    paper.table(sheet.facts)
    paper.line("節ごとの金額（税込）")
    paper.table(sheet.classes)
    paper.line("内訳")
    paper.table(sheet.items)
    paper.line("算出のしかた")
    for note in sheet.notes:
        paper.text(f"・{note}")
    return paper.written()


def _day(row: EstimateRow) -> date:
    return timezone.localtime(row.made_at).date()


def _warnings(row: EstimateRow) -> list[str]:
    found = {line.cost.basis for line in row.lines}
    told = []
    if EstimateBasis.ONE in found:
        told.append("「1社だけの回答」の品目は、1社の金額だけで幅を出しています。")
    if EstimateBasis.OWN_PRICE in found:
        told.append(
            "「いまの単価」の品目は、企業の回答がないため、意向調査に書いた自団体の単価（税込）を使いました。確かめてください。"
        )
    if EstimateBasis.NOTHING in found:
        told.append("金額のない品目は、合計に入っていません。")
    if any(line.quantity is None for line in row.lines):
        told.append("数量が未定の品目は、合計に入っていません。")
    return told


def _basis(basis: EstimateBasis, answers: int) -> str:
    return f"企業{answers}社の回答" if basis is EstimateBasis.SPREAD else BASIS_WORDS[basis]


def _sums(word: str, sums: Amounts) -> tuple[str, ...]:
    first = sums.first_year
    return (word, _yen(sums.initial.likely), _yen(sums.yearly.likely), *(_yen(value) for value in _three(first)))


def _three(span: Span) -> tuple[int, int, int]:
    return span.low, span.likely, span.high


def _unit(initial: Span, yearly: Span) -> str:
    told = []
    if initial.high:
        told.append(f"初期 {_yen(initial.likely)}")
    if yearly.high:
        told.append(f"年 {_yen(yearly.likely)}")
    return "　".join(told) or "—"


def _yen(value: int) -> str:
    return f"{value:,}円"
