"""Forms of the needs pages. What is right is decided by `rules.py`; a form turns what came in into a draft and back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock, plain_text
from kyodo.modules.needs import rules
from kyodo.modules.needs.rules import (
    AUDIENCES,
    STANDING_WORDS,
    STATE_WORDS,
    TOPIC_WORDS,
    Audience,
    BackingDraft,
    Fault,
    NeedDraft,
    Standing,
    State,
    Topic,
)

DATE = {"type": "date"}


class TidyText(forms.CharField):
    """A text with its line breaks and ends tidied before anything is said about it."""

    def to_python(self, value: Any) -> str:
        """The tidied text; what can't be printed is refused in words by `rules.py`."""
        return plain_text.tidy(str(value)) if value is not None else ""

    def run_validators(self, value: Any) -> None:
        """Nothing here: `rules.py` says everything at once."""


def tell(form: forms.Form, faults: Iterable[Fault]) -> None:
    """Put the faults that the rules found where the reader looks for them."""
    for fault in faults:
        form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.sentence))


class NeedForm(forms.Form):
    """A need, in the order in which one thinks: what hurts, how much, until when, who shall see it."""

    title = TidyText(
        label=gettext_lazy("困っていることを一文で"),
        help_text=gettext_lazy("例：体育館の予約が電話と紙台帳で、二重予約が月に3回起きている"),
        max_length=rules.TITLE_LENGTH[1],
    )
    trouble = TidyText(
        label=gettext_lazy("くわしく"),
        help_text=gettext_lazy("いまのやり方、件数、試したこと、つかえていること。箇条書きでもかまいません。"),
        max_length=rules.TROUBLE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    topic = forms.ChoiceField(label=gettext_lazy("分野"))
    people = forms.IntegerField(label=gettext_lazy("影響する人数（年・おおよそ）"), required=False)
    hours_per_year = forms.IntegerField(label=gettext_lazy("職員がかけている時間（年・時間）"), required=False)
    yen_per_year = forms.IntegerField(label=gettext_lazy("かかっている費用（年・円）"), required=False)
    wish_on = forms.DateField(
        label=gettext_lazy("いつまでに"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    standing = forms.ChoiceField(label=gettext_lazy("だれの相談ですか"), widget=forms.RadioSelect)
    audience = forms.ChoiceField(
        label=gettext_lazy("だれに見せますか"),
        help_text=gettext_lazy("加わる団体が現れるまでは、あとから狭められます。"),
        widget=forms.RadioSelect,
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = [(topic.value, gettext(word)) for topic, word in TOPIC_WORDS.items()]
        self.fields["topic"].choices = [("", gettext("選んでください")), *topics]  # type: ignore[attr-defined]
        self.fields["standing"].choices = [  # type: ignore[attr-defined]
            (standing.value, gettext(word)) for standing, word in STANDING_WORDS.items()
        ]
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            (audience.value, f"{gettext(card.name)} — {gettext(card.who)}") for audience, card in AUDIENCES.items()
        ]

    @classmethod
    def empty(cls) -> NeedForm:
        """A new form, with the careful choice made: an officer asks, and only coordinators see it."""
        return cls(
            initial={
                "submission": uuid.uuid4(),
                "standing": Standing.OFFICER.value,
                "audience": Audience.COORDINATORS.value,
            }
        )

    @classmethod
    def of(cls, draft: NeedDraft, *, revision: int) -> NeedForm:
        """A form filled with a need as it stands."""
        return cls(initial={**asdict(draft), "submission": uuid.uuid4(), "revision": revision})

    def draft(self) -> NeedDraft:
        """What was handed in, once each field is of its type."""
        data = self.cleaned_data
        return NeedDraft(
            title=data["title"],
            trouble=data["trouble"],
            topic=Topic(data["topic"]),
            audience=Audience(data["audience"]),
            standing=Standing(data["standing"]),
            people=data["people"],
            hours_per_year=data["hours_per_year"],
            yen_per_year=data["yen_per_year"],
            wish_on=data["wish_on"],
        )

    def clean(self) -> dict[str, Any]:
        """Everything that the rules say about the fields that are there, together with what the types said."""
        data = super().clean() or {}
        partial = NeedDraft(
            title=data.get("title", ""),
            trouble=data.get("trouble", ""),
            topic=Topic.OTHER,
            audience=Audience.COORDINATORS,
            standing=Standing.OFFICER,
            people=data.get("people"),
            hours_per_year=data.get("hours_per_year"),
            yen_per_year=data.get("yen_per_year"),
            wish_on=data.get("wish_on") if not data.get("revision") else None,
        )
        found = rules.faults_of_need(partial, today=clock.today())
        tell(self, [fault for fault in found if fault.field not in self.errors])
        return data


class BackingForm(forms.Form):
    """うちも: how much of it, until when, a word."""

    volume = TidyText(
        label=gettext_lazy("うちの量"),
        help_text=gettext_lazy("例：会議室12室、年1,400件"),
        max_length=rules.VOLUME_LENGTH[1],
    )
    wish_on = forms.DateField(
        label=gettext_lazy("希望時期"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    note = TidyText(
        label=gettext_lazy("ひとこと"),
        required=False,
        max_length=rules.NOTE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def draft(self) -> BackingDraft:
        """What was handed in."""
        data = self.cleaned_data
        return BackingDraft(volume=data["volume"], wish_on=data["wish_on"], note=data["note"])


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
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (state.value, gettext(STATE_WORDS[state])) for state in moves
        ]
