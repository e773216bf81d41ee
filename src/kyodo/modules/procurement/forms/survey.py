"""The form of a survey's stage, made of what the body was asked; and those by which coordinators ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core import signing
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.proxy.forms import SourceFields
from kyodo.core.ui.fields import TidyText, choices, in_japanese
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.lines import Lines, lines_of
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.procurement.actions.surveying import OwnLine, Sitting
from kyodo.modules.procurement.queries.survey import LineRow, QuestionRow, ResponseRow
from kyodo.modules.procurement.rules import survey as rules
from kyodo.modules.procurement.rules.case import FORM_WORDS
from kyodo.modules.procurement.rules.survey import (
    BUDGET_WORDS,
    CONTRACT_WORDS,
    INTENTION_WORDS,
    QUESTION_WORDS,
    RELEVANCE_WORDS,
    STAGE_FIELDS,
    STAGE_WORDS,
    LineDraft,
    QuestionDraft,
    QuestionKind,
)

OWN_LINES = 3
BLANK_QUESTIONS = 3
SALT = "procurement.survey"
WORDS = {
    "relevance": RELEVANCE_WORDS,
    "contract": CONTRACT_WORDS,
    "budget": BUDGET_WORDS,
    "form": FORM_WORDS,
    "intention": INTENTION_WORDS,
}
LABELS = {
    "relevance": gettext_lazy("関係"),
    "quantity_said": gettext_lazy("数量"),
    "unit": gettext_lazy("単位（違うとき）"),
    "contract": gettext_lazy("いまの契約"),
    "contract_until": gettext_lazy("契約が終わる日"),
    "unit_price_yen": gettext_lazy("いまの単価（円・税込）"),
    "supplier": gettext_lazy("いまの事業者"),
    "must": gettext_lazy("ないと困ること"),
    "nice": gettext_lazy("あるとよいこと"),
    "budget": gettext_lazy("予算"),
    "form": gettext_lazy("希望する形態"),
    "intention": gettext_lazy("参加の意向"),
    "reason": gettext_lazy("条件・見送りの理由"),
}


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of the form: what it is about, its fields in order, what was said the last time."""

    line: LineRow
    fields: tuple[BoundField, ...]
    same: BoundField | None
    last: str


class StageForm(forms.Form):
    """A stage of a survey for a body: a line an item, own lines at the first stage, own questions, whom to call."""

    contact = TidyText(
        label=gettext_lazy("問い合わせ先（部署・内線）"), required=False, max_length=rules.CONTACT_LENGTH
    )
    began = forms.CharField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, response: ResponseRow, stage: int, last: Mapping[str, LineDraft], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.response, self.stage, self.last = response, stage, last
        self.lines = [line for line in response.lines if stage == 1 or rules.stays(line.draft)]
        self.questions = [row for row in response.questions if row.stage == stage]
        self.fields["contact"].initial = response.contact
        self.fields["revision"].initial = response.revision
        self.fields["began"].initial = signing.dumps(int(clock.now().timestamp()), salt=SALT)
        for line in self.lines:
            for name in STAGE_FIELDS[stage]:
                self.fields[f"{name}-{line.id}"] = _field(name, line)
            if line.name in last:
                self.fields[f"same-{line.id}"] = forms.BooleanField(label=gettext("前回と同じ"), required=False)
        for number in range(OWN_LINES if stage == 1 else 0):
            self.fields[f"own_text-{number}"] = TidyText(
                label=gettext("品目（自由に）"), required=False, max_length=rules.TEXT_LENGTH[1]
            )
            self.fields[f"own_quantity_said-{number}"] = TidyText(
                label=gettext("数量と単位"), required=False, max_length=rules.SAID_LENGTH
            )
        for question in self.questions:
            self.fields[f"question-{question.id}"] = _question(question)

    def rows(self) -> list[FormRow]:
        """The lines with their fields, for the template."""
        return [
            FormRow(
                line,
                tuple(self[f"{name}-{line.id}"] for name in STAGE_FIELDS[self.stage]),
                self[f"same-{line.id}"] if f"same-{line.id}" in self.fields else None,
                last_words(self.last[line.name]) if line.name in self.last else "",
            )
            for line in self.lines
        ]

    def own_rows(self) -> list[tuple[BoundField, BoundField]]:
        """The blank lines for what was not asked about."""
        count = OWN_LINES if self.stage == 1 else 0
        return [(self[f"own_text-{number}"], self[f"own_quantity_said-{number}"]) for number in range(count)]

    def question_rows(self) -> list[tuple[QuestionRow, BoundField]]:
        """The own questions of this stage."""
        return [(row, self[f"question-{row.id}"]) for row in self.questions]

    def sitting(self, *, is_final: bool) -> Sitting:
        """What was handed in."""
        data = self.cleaned_data
        return Sitting(
            lines={line.id: self._draft(line) for line in self.lines},
            own=[line for number in range(OWN_LINES) if (line := self._own(number)) is not None],
            answers={row.id: str(data.get(f"question-{row.id}") or "") for row in self.questions},
            contact=data.get("contact", ""),
            stage=self.stage,
            is_final=is_final,
            seconds=self._seconds(),
        )

    def _draft(self, line: LineRow) -> LineDraft:
        told = {name: self.cleaned_data.get(f"{name}-{line.id}") for name in STAGE_FIELDS[self.stage]}
        empty: dict[str, Any] = {"contract_until": None, "unit_price_yen": None}
        said: dict[str, Any] = {name: value or empty.get(name, "") if value != 0 else 0 for name, value in told.items()}
        draft = replace(line.draft, **said)
        is_same = bool(self.cleaned_data.get(f"same-{line.id}")) and line.name in self.last
        return rules.filled(draft, self.last[line.name]) if is_same else draft

    def _own(self, number: int) -> OwnLine | None:
        text = self.cleaned_data.get(f"own_text-{number}", "")
        said = self.cleaned_data.get(f"own_quantity_said-{number}", "")
        if not text:
            return None
        return OwnLine(text, LineDraft(relevance=rules.Relevance.YES, quantity_said=said))

    def _seconds(self) -> int | None:
        try:
            began = int(signing.loads(self.cleaned_data.get("began") or "", salt=SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return None
        return int(clock.now().timestamp()) - began


class StageByProxy(SourceFields, StageForm):
    """A stage as a body told it."""


class AskForm(forms.Form):
    """How far the survey asks."""

    stage = forms.TypedChoiceField(label=gettext_lazy("どこまで聞きますか"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (stage, gettext(word)) for stage, word in STAGE_WORDS.items()
        ]


class QuestionForm(forms.Form):
    """One own question; a line without a text is none."""

    question = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = TidyText(
        label=gettext_lazy("質問"),
        required=False,
        max_length=rules.QUESTION_LENGTH[1],
        widget=forms.TextInput(attrs={"lang": "ja"}),
    )
    why = TidyText(
        label=gettext_lazy("なぜ聞くか"),
        required=False,
        max_length=rules.WHY_LENGTH[1],
        widget=forms.TextInput(attrs={"lang": "ja"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("答えの形"))
    stage = forms.TypedChoiceField(label=gettext_lazy("聞く段階"), coerce=int)
    options = TidyText(
        label=gettext_lazy("選択肢（1行に1つ）"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ja"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(QUESTION_WORDS)  # type: ignore[attr-defined]
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (stage, gettext(word)) for stage, word in STAGE_WORDS.items()
        ]

    def line(self) -> tuple[int | None, QuestionDraft] | None:
        """The question of this line; None for an empty one."""
        data = self.cleaned_data
        if not data.get("text"):
            return None
        options = tuple(line.strip() for line in data["options"].splitlines() if line.strip())
        kind = QuestionKind(data["kind"])
        return data["question"], QuestionDraft(data["text"], data["why"], kind, data["stage"], options)


QuestionLines = lines_of(QuestionForm, most=rules.MOST_QUESTIONS + BLANK_QUESTIONS)


def question_lines(questions: Sequence[QuestionRow]) -> Lines:
    """The lines of a survey's questions, and some blank ones."""
    known = [
        {
            "question": row.id,
            "text": row.text,
            "why": row.why,
            "kind": row.kind.value,
            "stage": row.stage,
            "options": "\n".join(row.choices),
        }
        for row in questions
    ]
    blank = [{"kind": QuestionKind.TEXT.value, "stage": 1}] * BLANK_QUESTIONS
    return QuestionLines(initial=[*known, *blank], prefix="questions")


def last_words(last: LineDraft) -> str:
    """What was said the last time, in one line."""
    told = [gettext(RELEVANCE_WORDS[rules.Relevance(last.relevance)])] if last.relevance else []
    if last.quantity_said:
        told.append(last.quantity_said)
    if last.contract_until:
        told.append(gettext("{day}まで").format(day=last.contract_until.isoformat()))
    return gettext("・").join(told)


def _field(name: str, line: LineRow) -> forms.Field:
    label = format_html("{} {}", japanese(line.name), LABELS[name])
    initial = getattr(line.draft, name)
    field: forms.Field
    if name in WORDS:
        words = choices(WORDS[name])  # type: ignore[arg-type]
        if name == "relevance":
            field = forms.ChoiceField(choices=words, widget=forms.RadioSelect, required=False)
        else:
            field = forms.ChoiceField(choices=[("", gettext("選んでください")), *words], required=False)
    elif name == "contract_until":
        field = forms.DateField(widget=DateInput, required=False)
    elif name == "unit_price_yen":
        field = forms.IntegerField(required=False, min_value=0)
    else:
        longest = {"quantity_said": rules.SAID_LENGTH, "unit": rules.UNIT_LENGTH, "supplier": rules.SUPPLIER_LENGTH}
        field = TidyText(required=False, max_length=longest.get(name, rules.SPEC_LENGTH))
    field.label, field.initial = label, initial
    if not isinstance(field, forms.DateField | forms.ChoiceField):
        field.widget.attrs["lang"] = "ja"
    return field


def _question(row: QuestionRow) -> forms.Field:
    if row.kind is QuestionKind.CHOICE:
        options: Iterable[tuple[str, str]] = [
            ("", gettext("選んでください")),
            *in_japanese((one, one) for one in row.choices),
        ]
        field: forms.Field = forms.ChoiceField(choices=list(options), required=False)
    else:
        field = TidyText(required=False, max_length=rules.ANSWER_LENGTH)
    field.label, field.help_text, field.initial = japanese(row.text), japanese(row.why), row.value
    field.widget.attrs["lang"] = "ja"
    return field
