"""The form of a need. What is right is decided by the rules; a form turns what came in into a draft and back."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any, Self

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.ui.fields import TidyText, choices, tell
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.needs import rules
from kyodo.modules.needs.rules import (
    AUDIENCES,
    PRICE_READERS,
    STANDING_WORDS,
    TOPIC_WORDS,
    Audience,
    NeedDraft,
    PriceReaders,
    Standing,
    Topic,
)
from kyodo.modules.needs.rules.templates import PostTemplate


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
    wish_on = forms.DateField(label=gettext_lazy("いつまでに"), required=False, widget=DateInput)
    vendor = TidyText(label=gettext_lazy("いまの事業者・製品名"), required=False, max_length=rules.VENDOR_LENGTH[1])
    price_yen = forms.IntegerField(label=gettext_lazy("いまの契約金額（円・年）"), required=False)
    price_readers = forms.ChoiceField(
        label=gettext_lazy("事業者名と金額をだれに見せますか"), widget=forms.RadioSelect, required=False
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
        cards = {str(audience): f"{gettext(card.name)} — {gettext(card.who)}" for audience, card in AUDIENCES.items()}
        self.fields["topic"].choices = [("", gettext("選んでください")), *choices(TOPIC_WORDS)]  # type: ignore[attr-defined]
        self.fields["standing"].choices = choices(STANDING_WORDS)  # type: ignore[attr-defined]
        self.fields["price_readers"].choices = choices(PRICE_READERS)  # type: ignore[attr-defined]
        self.fields["audience"].choices = list(cards.items())  # type: ignore[attr-defined]

    @classmethod
    def empty(cls, template: PostTemplate | None = None) -> Self:
        """A new form, with the careful choices made: an officer asks, and only coordinators see it and its prices."""
        begun = {"topic": template.topic.value, "trouble": template.trouble} if template else {}
        form = cls(
            initial={
                "submission": uuid.uuid4(),
                "standing": Standing.OFFICER.value,
                "audience": Audience.COORDINATORS.value,
                "price_readers": PriceReaders.COORDINATORS.value,
                **begun,
            }
        )
        if template:
            form.fields["title"].help_text = format_html(
                gettext("例：{example}"), example=format_html('<span lang="ja">{}</span>', template.example)
            )
            form.fields["trouble"].widget.attrs["lang"] = "ja"
        return form

    @classmethod
    def of(cls, draft: NeedDraft, *, revision: int) -> Self:
        """A form filled with a need as it stands."""
        form = cls(initial={**asdict(draft), "submission": uuid.uuid4(), "revision": revision})
        for name in ("title", "trouble", "vendor"):
            form.fields[name].widget.attrs["lang"] = "ja"  # as somebody wrote it, whatever the page's language
        return form

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
            vendor=data["vendor"],
            price_yen=data["price_yen"],
            price_readers=PriceReaders(data["price_readers"] or PriceReaders.COORDINATORS),
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
            vendor=data.get("vendor", ""),
            price_yen=data.get("price_yen"),
        )
        found = rules.faults_of_need(partial, today=clock.today())
        tell(self, [fault for fault in found if fault.field not in self.errors])
        return data
