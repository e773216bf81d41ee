"""The forms of rows: a new one, a correction, an end."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.statutes import shown
from kyodo.core.statutes.rules import (
    CLASS_WORDS,
    RULES,
    SURE_WORDS,
    BodyClass,
    Bound,
    Level,
    RowDraft,
    Sure,
)
from kyodo.core.statutes.rules.catalogue import MARKS
from kyodo.core.statutes.rules.draft import LENGTHS, REASON_LENGTH
from kyodo.core.ui.fields import TidyText, choices
from kyodo.core.ui.widgets import DateInput

TEXTS = ("article", "law", "number", "source", "text")
DAYS = ("valid_from", "valid_until", "enacted_on", "checked_on")


class RowForm(forms.Form):
    """A row. It is shown what a row changes before it is written: `previewed` is the print of what was shown."""

    what = forms.ChoiceField(label=gettext_lazy("決まり"))
    body_class = forms.ChoiceField(label=gettext_lazy("団体の区分"), required=False)
    value = forms.DecimalField(
        label=gettext_lazy("数値（円・日・％など、そのままの数）"),
        help_text=gettext_lazy("金額は円で、税込みで書きます。例：20000000"),
        required=False,
        max_digits=18,
        decimal_places=4,
    )
    valid_from = forms.DateField(label=gettext_lazy("いつから有効か"), required=False, widget=DateInput)
    valid_until = forms.DateField(
        label=gettext_lazy("いつまで有効か（その日を含む）"), required=False, widget=DateInput
    )
    law = TidyText(
        label=gettext_lazy("条例・規則の名前"),
        help_text=gettext_lazy("例：議会の議決に付すべき契約及び財産の取得又は処分に関する条例"),
        required=False,
        max_length=LENGTHS["law"][1],
    )
    article = TidyText(
        label=gettext_lazy("条文"), help_text=gettext_lazy("例：第3条"), max_length=LENGTHS["article"][1]
    )
    number = TidyText(
        label=gettext_lazy("番号"),
        help_text=gettext_lazy("例：昭和39年条例第12号"),
        required=False,
        max_length=LENGTHS["number"][1],
    )
    enacted_on = forms.DateField(label=gettext_lazy("条例・規則の日付"), required=False, widget=DateInput)
    sure = forms.ChoiceField(label=gettext_lazy("確かさ"), widget=forms.RadioSelect)
    source = TidyText(label=gettext_lazy("出どころ"), required=False, max_length=LENGTHS["source"][1])
    checked_on = forms.DateField(label=gettext_lazy("確かめた日"), required=False, widget=DateInput)
    text = TidyText(label=gettext_lazy("内容"), required=False, max_length=LENGTHS["text"][1], widget=forms.Textarea)
    reason = TidyText(label=gettext_lazy("理由"), required=False, max_length=REASON_LENGTH[1])
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_own: bool, of: RowDraft | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_own, self._of = is_own, of
        if of is not None:
            del self.fields["what"]
        else:
            whats = [(f"{rule}/{kind}", shown.title_of(rule, kind)) for rule, kind in _whats(is_own=is_own)]
            self.fields["what"].choices = whats  # type: ignore[attr-defined]
        if is_own or of is not None:
            del self.fields["body_class"]
        else:
            classes = [("", gettext("国（すべての団体）")), *choices(CLASS_WORDS)]
            self.fields["body_class"].choices = classes  # type: ignore[attr-defined]
        if not is_own:
            for name in ("law", "number", "enacted_on"):
                del self.fields[name]
        for name in (*TEXTS, "reason"):
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = "ja"  # what laws are called and say
        self.fields["reason"].required = not is_own or of is not None
        own = (Sure.SEEN, Sure.SECOND_HAND, Sure.UNSURE)
        kept = own if of is None else tuple(Sure)
        self.fields["sure"].choices = choices(SURE_WORDS, only=kept)  # type: ignore[attr-defined]

    def draft(self) -> RowDraft:
        """What was handed in."""
        data = self.cleaned_data
        rule, kind, level, body_class = self._what()
        days: dict[str, Any] = {name: data.get(name) for name in DAYS}
        texts: dict[str, Any] = {name: data.get(name, "") for name in TEXTS}
        return RowDraft(
            rule=rule,
            kind=kind,
            level=level,
            body_class=body_class,
            value=data.get("value"),
            sure=Sure(data["sure"]),
            **days,
            **texts,
        )

    def why(self) -> str:
        """Why."""
        return str(self.cleaned_data["reason"])

    def print_of(self) -> str:
        """A print of all that was handed in, to know whether what is confirmed is what was shown."""
        told = (str(self.draft()), self.why())
        return hashlib.sha256("\0".join(told).encode()).hexdigest()[:20]

    def was_shown(self) -> bool:
        """True if the reader has seen what exactly this changes."""
        return bool(self.cleaned_data.get("previewed") == self.print_of())

    def _what(self) -> tuple[str, str, Level, BodyClass | None]:
        if self._of is not None:
            return self._of.rule, self._of.kind, self._of.level, self._of.body_class
        rule, _slash, kind = self.cleaned_data["what"].partition("/")
        if self._is_own:
            return rule, kind, Level.BODY, None
        body_class = BodyClass(text) if (text := self.cleaned_data.get("body_class")) else None
        return rule, kind, Level.CLASS if body_class else Level.NATIONAL, body_class


class EndForm(forms.Form):
    """The last day of a row."""

    last = forms.DateField(label=gettext_lazy("いつまで有効か（その日を含む）"), widget=DateInput)
    reason = TidyText(label=gettext_lazy("理由"), max_length=REASON_LENGTH[1])


def initial_of(draft: RowDraft) -> dict[str, Any]:
    """What a form shows of a row as it stands."""
    told: dict[str, Any] = {name: getattr(draft, name) for name in (*TEXTS, *DAYS)}
    value = draft.value
    return told | {"value": None if value is None else f"{value:f}", "sure": draft.sure.value}


def _whats(*, is_own: bool) -> list[tuple[str, str]]:
    return [
        (rule, kind)
        for rule, card in RULES.items()
        if (card.bound is not Bound.NONE if is_own else rule not in MARKS)
        for kind in card.kinds
    ]
