"""What companies answered, side by side, in words; and what companies read of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from kyodo.core.ui.dates import shown_day, shown_full_day
from kyodo.core.ui.parts import Tone
from kyodo.core.ui.templatetags.ui import grouped
from kyodo.modules.procurement.queries.market import AnswerRow, DocumentRow, RfiItemRow, RfiRow
from kyodo.modules.procurement.queries.talk import TalkRow
from kyodo.modules.procurement.rules.market import RFI_WORDS, FigureDraft, RfiState

TONES: dict[RfiState, Tone] = {
    RfiState.DRAFT: Tone.PLAIN,
    RfiState.OPEN: Tone.GO,
    RfiState.CLOSED: Tone.DONE,
    RfiState.WITHDRAWN: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class ShownCompany:
    """A company at the head of a column. `name` is what it calls itself; `label` stands where that is confidential."""

    row: AnswerRow
    name: str
    label: str
    address: str
    is_confidential: bool


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What a company says of an item: figures, or why there are none."""

    company: ShownCompany
    initial: str
    yearly: str
    note: str
    missing: str
    is_confidential: bool


@dataclass(frozen=True, slots=True)
class ShownItemRow:
    """An item with a cell a company."""

    item: RfiItemRow
    quantity: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class ShownReply:
    """What a company replies to a question; empty with why."""

    company: ShownCompany
    text: str
    missing: str
    is_confidential: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A free question with all replies."""

    text: str
    replies: tuple[ShownReply, ...]


@dataclass(frozen=True, slots=True)
class ShownDocuments:
    """The documents of a company."""

    company: ShownCompany
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class MarketPage:
    """The comparison."""

    state: str
    tone: Tone
    closes: str
    companies: tuple[ShownCompany, ...]
    items: tuple[ShownItemRow, ...]
    questions: tuple[ShownQuestion, ...]
    documents: tuple[ShownDocuments, ...]


def state_word(row: RfiRow) -> str:
    """The state of a request in words."""
    return gettext(RFI_WORDS[row.state])


def quantity_words(item: RfiItemRow) -> str:
    """How many all bodies want together; about so many where somebody said so."""
    if item.quantity is None:
        return gettext("数量未定")
    number = grouped(item.quantity)
    return gettext("約{n}").format(n=number) if item.is_about else number


def tell(row: RfiRow, answers: Sequence[AnswerRow], *, may_open: bool) -> MarketPage:
    """Make the comparison; `may_open`: a company's name leads to all that it said."""
    companies = tuple(_company(one, row.case_id, may_open=may_open) for one in answers)
    return MarketPage(
        state=state_word(row),
        tone=TONES[row.state],
        closes=shown_full_day(row.closes_on),
        companies=companies,
        items=tuple(
            ShownItemRow(item, quantity_words(item), tuple(_cell(one, item.id) for one in companies))
            for item in row.items
        ),
        questions=tuple(
            ShownQuestion(question.text, tuple(_reply(one, question.id) for one in companies))
            for question in row.questions
        ),
        documents=tuple(ShownDocuments(one, one.row.documents) for one in companies if one.row.documents),
    )


def range_words(low: int | None, likely: int | None, high: int | None) -> str:
    """A figure, with its range where one was given."""
    if likely is None:
        return ""
    said = grouped(likely)
    if low is None and high is None:
        return said
    return gettext("{likely}（{low}〜{high}）").format(
        likely=said, low=grouped(likely if low is None else low), high=grouped(likely if high is None else high)
    )


def talk_words(row: TalkRow) -> str:
    """Whose turn it is in a question."""
    if row.answered_at is not None:
        to = gettext("全企業に公開") if row.is_public else gettext("この企業だけ")
        return gettext("{day}に回答").format(day=shown_day(row.answered_at)) + ("" if row.is_ours else f" {to}")
    return gettext("企業の返事待ち") if row.is_ours else gettext("回答していません")


def _company(row: AnswerRow, case_id: int, *, may_open: bool) -> ShownCompany:
    address = ""
    if may_open and row.supplier_id is not None:
        address = reverse("procurement:market_answer", args=[case_id, row.supplier_id])
    label = "" if row.name else gettext("企業{n}（社名は非公開）").format(n=row.number)
    return ShownCompany(row, row.name, label, address, row.is_name_confidential)


def _cell(company: ShownCompany, item_id: int) -> ShownCell:
    row = company.row
    figure = row.figures.get(item_id)
    if figure is None:
        missing = gettext("非公開") if item_id in row.hidden else gettext("回答なし")
        return ShownCell(company, "", "", "", missing, item_id in row.hidden)
    initial, yearly = sides(figure)
    missing = "" if initial or yearly or figure.note else gettext("回答なし")
    return ShownCell(company, initial, yearly, figure.note, missing, figure.is_confidential)


def sides(figure: FigureDraft) -> tuple[str, str]:
    """What an item costs once, and a year."""
    return (
        range_words(figure.initial_low, figure.initial_likely, figure.initial_high),
        range_words(figure.yearly_low, figure.yearly_likely, figure.yearly_high),
    )


def _reply(company: ShownCompany, question_id: int) -> ShownReply:
    said = company.row.replies.get(question_id)
    if said is None:
        is_hidden = question_id in company.row.hidden_replies
        return ShownReply(company, "", gettext("非公開") if is_hidden else gettext("回答なし"), is_hidden)
    return ShownReply(company, said.text, "", said.is_confidential)
