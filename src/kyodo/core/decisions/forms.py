"""The forms by which people ask, answer, record, and set up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import plain_text
from kyodo.core.decisions import rules
from kyodo.core.decisions.queries import PolicyRow
from kyodo.core.decisions.rules import DIVISION_WORDS, Division, Draft, LevelDraft
from kyodo.core.files.forms import UploadsField
from kyodo.core.ui.widgets import DateInput

Choices = list[tuple[str, str]]


class Tidied(forms.CharField):
    """A text with one kind of line break; what is wrong with it the action tells."""

    def __init__(self, *, lines: int = 0, **kwargs: Any) -> None:
        if lines:
            kwargs["widget"] = forms.Textarea(attrs={"rows": lines})
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """The tidied text."""
        return plain_text.tidy(str(super().clean(value)))


class AskForm(forms.Form):
    """By when an answer is wanted, and a word to it."""

    due_on = forms.DateField(label=gettext_lazy("いつまでに"), required=False, widget=DateInput)
    remark = Tidied(label=gettext_lazy("申し添え"), required=False, max_length=rules.REMARK_LENGTH[1], lines=3)


class AnswerForm(forms.Form):
    """Approve, or return with a remark. `turn` is what was seen."""

    approves = forms.TypedChoiceField(
        label=gettext_lazy("答え"),
        choices=(("yes", gettext_lazy("承認する")), ("no", gettext_lazy("差し戻す"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remark = Tidied(
        label=gettext_lazy("ひとこと"),
        help_text=gettext_lazy("差し戻すときは、直してほしいことを書いてください。"),
        required=False,
        max_length=rules.REMARK_LENGTH[1],
        lines=3,
    )
    turn = forms.CharField(widget=forms.HiddenInput, max_length=40)


class RecordForm(forms.Form):
    """A 決裁 that was made elsewhere."""

    decided_on = forms.DateField(label=gettext_lazy("決裁日"), widget=DateInput)
    number = Tidied(
        label=gettext_lazy("文書番号"),
        help_text=gettext_lazy("書き方は自由です。例：6総情第123号"),
        max_length=rules.NUMBER_LENGTH[1],
    )
    division = forms.ChoiceField(
        label=gettext_lazy("決裁区分"),
        choices=lambda: [(one.value, gettext(word)) for one, word in DIVISION_WORDS.items()],
    )
    decider_duty = Tidied(label=gettext_lazy("決裁者の職"), required=False, max_length=rules.DUTY_LENGTH[1])
    decider_name = Tidied(label=gettext_lazy("決裁者の氏名"), max_length=rules.NAME_LENGTH[1])
    remark = Tidied(label=gettext_lazy("備考"), required=False, max_length=rules.REMARK_LENGTH[1], lines=3)
    uploads = UploadsField(label=gettext_lazy("決裁文書の写し"), required=False, most=5)
    same_number = forms.BooleanField(label=gettext_lazy("同じ番号のまま記録する"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, asks_number: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_number = asks_number or bool(self.is_bound and self.data.get("same_number"))
        if not self.asks_number:
            del self.fields["same_number"]

    def draft(self) -> Draft:
        """What was handed in."""
        data = self.cleaned_data
        return Draft(
            data["decided_on"],
            data["number"],
            Division(data["division"]),
            data["decider_name"],
            data["decider_duty"],
            data["remark"],
        )


class ReasonForm(forms.Form):
    """Why a record is taken back."""

    reason = Tidied(label=gettext_lazy("取り消す理由"), max_length=rules.REASON_LENGTH[1], lines=3)


class StepsForm(forms.Form):
    """How a body decides here: whether by steps, and who holds each."""

    has_steps = forms.BooleanField(label=gettext_lazy("承認段階を使う"), required=False)
    may_approve_own = forms.BooleanField(
        label=gettext_lazy("自分が求めた承認を、自分で承認できる（職員の少ない団体向け）"), required=False
    )
    publication_needs_decision = forms.BooleanField(
        label=gettext_lazy("公開には決裁が要る（決裁がないうちは、公開の相談を解決にできません）"), required=False
    )

    def __init__(self, *args: Any, duties: list[tuple[int, str]], users: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.levels = range(1, rules.MOST_LEVELS + 1)
        for number in self.levels:
            holder, deputy = gettext("第{n}段階の承認者"), gettext("第{n}段階の代理")
            for name, label in ((f"holder{number}", holder), (f"deputy{number}", deputy)):
                self.fields[name] = forms.ChoiceField(
                    label=label.format(n=number), required=False, choices=_seats(duties, users)
                )

    def policy(self) -> PolicyRow:
        """The body's settings."""
        return PolicyRow(**{name: self.cleaned_data[name] for name in PolicyRow.__dataclass_fields__})

    def drafts(self) -> list[LevelDraft]:
        """The levels, without those left empty."""
        data = self.cleaned_data
        return [
            _level(data[f"holder{number}"], data[f"deputy{number}"])
            for number in self.levels
            if data[f"holder{number}"]
        ]


def seat_key(duty: int | None, user: int | None) -> str:
    """A seat as the form's choice."""
    return f"d{duty}" if duty else f"u{user}" if user else ""


def _seats(duties: list[tuple[int, str]], users: list[tuple[int, str]]) -> Any:
    return [
        ("", gettext("なし")),
        (gettext("担当"), [(f"d{key}", name) for key, name in duties]),
        (gettext("人"), [(f"u{key}", name) for key, name in users]),
    ]


def _level(holder: str, deputy: str) -> LevelDraft:
    def of(choice: str, kind: str) -> int | None:
        return int(choice[1:]) if choice.startswith(kind) else None

    return LevelDraft(of(holder, "d"), of(holder, "u"), of(deputy, "d"), of(deputy, "u"))
