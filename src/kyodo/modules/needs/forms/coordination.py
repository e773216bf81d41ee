"""What coordinators do with needs one by one or together: move, arrange, merge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.ui.fields import SelectOfNames, TidyText, choices
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.needs import rules
from kyodo.modules.needs.rules import STATE_WORDS, State


class MoveForm(forms.Form):
    """The coordinator's next step with a need."""

    to = forms.ChoiceField(label=gettext_lazy("次の状態"), widget=forms.RadioSelect)
    reason = TidyText(
        label=gettext_lazy("理由・説明"),
        help_text=gettext_lazy("相談のページに載ります。実施・効果・見送りと、状態を戻すときは必ず書いてください。"),
        required=False,
        max_length=rules.REASON_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, moves: Iterable[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices(STATE_WORDS, only=moves)  # type: ignore[attr-defined]


class ArrangeForm(forms.Form):
    """Who answers, until when."""

    assignee = forms.ChoiceField(label=gettext_lazy("担当"), required=False, widget=SelectOfNames)
    due_on = forms.DateField(label=gettext_lazy("いつまでに返事・対応するか"), required=False, widget=DateInput)

    def __init__(self, *args: Any, people: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(number), name) for number, name in people.items()]
        self.fields["assignee"].choices = [("", gettext("決めない")), *names]  # type: ignore[attr-defined]

    def given_to(self) -> int | None:
        """Whom it was given to."""
        chosen = self.cleaned_data["assignee"]
        return int(chosen) if chosen else None


class MergeForm(forms.Form):
    """Which of several needs tells the story of all, and why."""

    target = forms.ChoiceField(label=gettext_lazy("残す相談（統合先）"), widget=forms.RadioSelect)
    reason = TidyText(
        label=gettext_lazy("ひとこと"),
        help_text=gettext_lazy("統合された団体にも読まれます。例：8団体分の意向調査を作ります。"),
        required=False,
        max_length=rules.REASON_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, needs: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [(str(number), title) for number, title in needs]  # type: ignore[attr-defined]
