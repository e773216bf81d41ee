"""The page on which an operator says by which entrance each body comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.entrances.permissions import Permission
from kyodo.core.organisations import actions, queries
from kyodo.core.organisations.queries import Home

GROUPS = {
    "municipal": gettext_lazy("区市町村すべて"),
    "company": gettext_lazy("事業者すべて"),
    "other": gettext_lazy("そのほかの団体すべて"),
}
NONE = "0"


def _label(body: Home) -> SafeString:
    """A body with its present entrance."""
    name = format_html('<span lang="ja">{}</span>', body.name)
    present = format_html('<span lang="ja">{}</span>', body.entrance) if body.entrance else gettext("未定")
    return format_html(gettext("{name}（いま：{entrance}）"), name=name, entrance=present)


class HomesForm(forms.Form):
    """Whole groups at once, and single bodies, which come before their group."""

    bodies = forms.MultipleChoiceField(
        label=gettext_lazy("団体を選んで"), required=False, widget=forms.CheckboxSelectMultiple
    )
    target = forms.ChoiceField(label=gettext_lazy("選んだ団体の入口"), required=False)

    def __init__(self, *args: Any, homes: list[Home], entrances: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("変えない")), *((str(key), name) for key, name in entrances)]
        choices.append((NONE, gettext("決めない（設定の KYODO_ADDRESS へ案内）")))
        for group, label in GROUPS.items():
            self.fields[group] = forms.ChoiceField(label=label, required=False, choices=choices)
        self.fields["target"].choices = choices  # type: ignore[attr-defined]
        self.fields["bodies"].choices = [(str(one.id), _label(one)) for one in homes]  # type: ignore[attr-defined]
        for name in (*GROUPS, "target"):
            self.fields[name].widget.attrs["lang"] = "ja"  # what entrances are called
        self.order_fields([*GROUPS, "bodies", "target"])
        self._homes = homes

    def clean(self) -> Any:
        """Bodies that were ticked need somewhere to go."""
        data = super().clean()
        if self.cleaned_data.get("bodies") and not self.cleaned_data.get("target"):
            self.add_error("target", gettext("選んだ団体の入口を選んでください。"))
        return data

    def moves(self) -> dict[int, int | None]:
        """Body → its entrance, for those that change."""
        data, ticked = self.cleaned_data, set(self.cleaned_data["bodies"])
        wanted = {one.id: data["target"] if str(one.id) in ticked else data[one.group] for one in self._homes}
        return {
            one.id: int(wanted[one.id]) or None
            for one in self._homes
            if wanted[one.id] and (int(wanted[one.id]) or None) != one.entrance_id
        }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SET_UP)
def homes(request: ActorRequest) -> HttpResponse:
    """By which entrance each body comes in."""
    rows, entrances = queries.homes(), queries.entrances()
    form = HomesForm(request.POST or None, homes=rows, entrances=entrances)
    if form.is_valid():
        moves = form.moves()
        if moves:
            actions.set_homes(homes=moves, by=request.actor, at=clock.now())
        messages.success(request, gettext("{n}団体の入口を決めました。").format(n=len(moves)))
        return redirect("organisations:homes")
    content = {"form": form, "has_entrances": bool(entrances)}
    return render(request, "organisations/homes.html", content, status=422 if form.is_bound else 200)
