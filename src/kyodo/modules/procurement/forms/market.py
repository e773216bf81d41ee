"""The forms by which coordinators ask companies, and by which companies register, answer and ask."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.files.forms import UploadsField
from kyodo.core.files.store import Kept
from kyodo.core.ui.fields import TidyText
from kyodo.core.ui.widgets import DateInput, WholeNumberInput
from kyodo.modules.procurement.queries.market import AnswerRow, DocumentRow, RfiItemRow, RfiQuestionRow, RfiRow
from kyodo.modules.procurement.rules import market as rules
from kyodo.modules.procurement.rules.market import (
    FIGURES,
    AnswerDraft,
    FigureDraft,
    ReplyDraft,
    RfiDraft,
    SupplierDraft,
)

FIGURE_LABELS = {
    "initial_low": gettext_lazy("初期：低い場合"),
    "initial_likely": gettext_lazy("初期：標準"),
    "initial_high": gettext_lazy("初期：高い場合"),
    "yearly_low": gettext_lazy("年額：低い場合"),
    "yearly_likely": gettext_lazy("年額：標準"),
    "yearly_high": gettext_lazy("年額：高い場合"),
    "note": gettext_lazy("補足（前提・条件）"),
    "hide": gettext_lazy("この品目の金額を非公開にする"),
}


class YenField(forms.IntegerField):
    """Whole yen as people write them: 1,200 and １２００ too."""

    widget = WholeNumberInput

    def to_python(self, value: Any) -> int | None:
        """The number; what is none is refused in words."""
        plain = (
            unicodedata.normalize("NFKC", str(value)).replace(",", "").removesuffix("円").strip() if value else value
        )
        return super().to_python(plain)


def _long(label: Any, most: int, *, rows: int = 4, required: bool = True, help_text: Any = "") -> TidyText:
    widget = forms.Textarea(attrs={"rows": rows, "lang": "ja"})
    return TidyText(label=label, required=required, max_length=most, widget=widget, help_text=help_text)


class RequestForm(forms.Form):
    """A request for information."""

    title = TidyText(label=gettext_lazy("件名"), max_length=rules.TITLE_LENGTH[1])
    text = _long(
        gettext_lazy("依頼の内容"),
        rules.TEXT_LENGTH[1],
        rows=10,
        help_text=gettext_lazy("だれでも読めます。団体ごとの数量・単価・事業者の名前は書かないでください。"),
    )
    questions = _long(
        gettext_lazy("自由に答えてもらう質問（1行に1つ）"),
        rules.MOST_QUESTIONS * (rules.QUESTION_LENGTH[1] + 1),
        rows=5,
        required=False,
        help_text=gettext_lazy("品目ごとの金額（初期・年額、低い場合・標準・高い場合）は、いつも聞きます。"),
    )
    wanted = _long(gettext_lazy("出してほしい資料"), rules.WANTED_LENGTH[1], rows=2, required=False)
    closes_on = forms.DateField(
        label=gettext_lazy("締切日"), widget=DateInput, help_text=gettext_lazy("この日の終わりまで受け付けます。")
    )
    contact = TidyText(label=gettext_lazy("お問い合わせ先（公開されます）"), max_length=rules.CONTACT_LENGTH[1])
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def draft(self) -> RfiDraft:
        """What was handed in."""
        data = self.cleaned_data
        lines = (" ".join(line.split()) for line in data["questions"].splitlines())
        return RfiDraft(
            title=data["title"],
            text=data["text"],
            wanted=data["wanted"],
            contact=data["contact"],
            closes_on=data["closes_on"],
            questions=tuple(line for line in lines if line),
        )


def initial_of_request(row: RfiRow | None, *, title: str) -> dict[str, Any]:
    """What stands in the form at first."""
    if row is None:
        return {"title": title}
    return {
        "title": row.title,
        "text": row.text,
        "wanted": row.wanted,
        "contact": row.contact,
        "closes_on": row.closes_on,
        "questions": "\n".join(one.text for one in row.questions),
        "revision": row.revision,
    }


class SupplierForm(forms.Form):
    """A company: to be invited, or registering."""

    name = TidyText(label=gettext_lazy("会社名"), max_length=rules.NAME_LENGTH[1])
    corporate_number = forms.CharField(
        label=gettext_lazy("法人番号（13桁）"),
        max_length=20,
        help_text=gettext_lazy("国税庁の法人番号公表サイトで調べられます。"),
        widget=WholeNumberInput,
    )
    address = forms.CharField(
        label=gettext_lazy("回答用リンクを受け取るメールアドレス"),
        max_length=rules.ADDRESS_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_corporate_number(self) -> str:
        """Digits alone: blanks and hyphens between them are how it is printed."""
        plain = unicodedata.normalize("NFKC", self.cleaned_data["corporate_number"])
        return "".join(sign for sign in plain if sign not in " -‐ー").upper().removeprefix("T")

    def draft(self) -> SupplierDraft:
        """What was handed in."""
        data = self.cleaned_data
        return SupplierDraft(data["name"], data["corporate_number"], data["address"].strip())


class QuestionForm(forms.Form):
    """A question, to a company or of one."""

    text = _long(gettext_lazy("質問"), rules.ASKED_LENGTH[1])


class ReplyForm(forms.Form):
    """A company's answer to what it was asked."""

    text = _long(gettext_lazy("返事"), rules.REPLY_LENGTH[1])


class QuestionAnswerForm(forms.Form):
    """The answer to a company's question: to it alone, or to all."""

    answer = _long(gettext_lazy("回答"), rules.REPLY_LENGTH[1])
    to = forms.ChoiceField(label=gettext_lazy("だれに答えますか"), widget=forms.RadioSelect)
    public_text = _long(
        gettext_lazy("公開する質問の文"),
        rules.ASKED_LENGTH[1],
        required=False,
        help_text=gettext_lazy("だれの質問かわからない文にしてください。会社の名前は載りません。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("one", gettext("質問した企業だけ")),
            ("all", gettext("すべての企業（公開ページに載せる）")),
        ]


@dataclass(frozen=True, slots=True)
class ItemFields:
    """An item of the answer's form with its fields."""

    item: RfiItemRow
    fields: tuple[BoundField, ...]
    hide: BoundField


class AnswerForm(forms.Form):
    """A company's whole answer: figures by item, replies, documents, who to call, what is confidential."""

    contact = TidyText(
        label=gettext_lazy("ご担当（部署・氏名・電話）"), required=False, max_length=rules.CONTACT_LENGTH[1]
    )
    note = _long(gettext_lazy("全体への補足"), rules.REMARK_LENGTH[1], rows=3, required=False)
    documents = UploadsField(label=gettext_lazy("資料"), required=False, most=rules.MOST_DOCUMENTS)
    hide_documents = forms.BooleanField(label=gettext_lazy("いま選んだ資料を非公開にする"), required=False)
    hide_name = forms.BooleanField(
        label=gettext_lazy("会社の名前を非公開にする"),
        required=False,
        help_text=gettext_lazy("参加団体には名前・担当・補足・資料が見えなくなります。調整担当と監査には見えます。"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: RfiRow, answer: AnswerRow | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.answer = request, answer
        self.fields["revision"].initial = answer.revision if answer else 0
        if answer:
            for name, value in (("contact", answer.contact), ("note", answer.note)):
                self.fields[name].initial = value
            self.fields["hide_name"].initial = answer.is_name_confidential
        for item in request.items:
            self._add_item(item, answer.figures.get(item.id) if answer else None)
        for question in request.questions:
            said = answer.replies.get(question.id) if answer else None
            self.fields[f"reply-{question.id}"] = _long(question.text, rules.REPLY_LENGTH[1], rows=3, required=False)
            self.fields[f"reply-{question.id}"].initial = said.text if said else ""
            self.fields[f"hide_reply-{question.id}"] = forms.BooleanField(
                label=gettext("この回答を非公開にする"),
                required=False,
                initial=bool(said and said.is_confidential),
            )
        for document in self.kept():
            self.fields[f"drop-{document.id}"] = forms.BooleanField(
                label=gettext("「{name}」（{size}）を取り下げる").format(
                    name=document.name, size=filesizeformat(document.size)
                ),
                required=False,
            )

    def _add_item(self, item: RfiItemRow, said: FigureDraft | None) -> None:
        for name in FIGURES:
            self.fields[f"{name}-{item.id}"] = YenField(
                label=FIGURE_LABELS[name], required=False, initial=getattr(said, name, None)
            )
        self.fields[f"note-{item.id}"] = TidyText(
            label=FIGURE_LABELS["note"],
            required=False,
            max_length=rules.NOTE_LENGTH[1],
            initial=said.note if said else "",
        )
        self.fields[f"hide-{item.id}"] = forms.BooleanField(
            label=FIGURE_LABELS["hide"], required=False, initial=bool(said and said.is_confidential)
        )

    def kept(self) -> tuple[DocumentRow, ...]:
        """Documents that were handed in before."""
        return self.answer.documents if self.answer else ()

    def item_rows(self) -> list[ItemFields]:
        """The items with their fields, for the template."""
        return [
            ItemFields(
                item,
                tuple(self[f"{name}-{item.id}"] for name in (*FIGURES, "note")),
                self[f"hide-{item.id}"],
            )
            for item in self.request.items
        ]

    def question_rows(self) -> list[tuple[RfiQuestionRow, BoundField, BoundField]]:
        """The questions with their fields."""
        return [(one, self[f"reply-{one.id}"], self[f"hide_reply-{one.id}"]) for one in self.request.questions]

    def document_rows(self) -> list[BoundField]:
        """A box for each document that was handed in."""
        return [self[f"drop-{document.id}"] for document in self.kept()]

    def draft(self) -> AnswerDraft:
        """What was handed in."""
        data = self.cleaned_data
        return AnswerDraft(
            figures={item.id: self._figure(item.id) for item in self.request.items},
            replies={
                one.id: ReplyDraft(data.get(f"reply-{one.id}") or "", bool(data.get(f"hide_reply-{one.id}")))
                for one in self.request.questions
            },
            contact=data["contact"],
            note=data["note"],
            is_name_confidential=data["hide_name"],
        )

    def _figure(self, key: int) -> FigureDraft:
        data = self.cleaned_data
        told: dict[str, Any] = {name: data.get(f"{name}-{key}") for name in FIGURES}
        return FigureDraft(**told, note=data.get(f"note-{key}") or "", is_confidential=bool(data.get(f"hide-{key}")))

    def uploads(self) -> tuple[Kept, ...]:
        """The documents that came with it."""
        return tuple(self.cleaned_data["documents"] or ())

    def dropped(self) -> list[int]:
        """The documents that are taken back."""
        return [one.id for one in self.kept() if self.cleaned_data.get(f"drop-{one.id}")]
