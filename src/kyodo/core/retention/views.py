"""Pages of retention: periods, lists, and the approval of a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock, workflow
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.retention import actions, queries
from kyodo.core.retention.kinds import KINDS, RecordKind
from kyodo.core.retention.permissions import Permission
from kyodo.core.retention.rules import STATE_WORDS, YEARS, State
from kyodo.core.whole_numbers import whole_numbers


class PeriodForm(forms.Form):
    """A period in fiscal years."""

    years = forms.TypedChoiceField(label=gettext_lazy("保存する年数（年度）"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["years"].choices = [  # type: ignore[attr-defined]
            (years, gettext("{years}年").format(years=years)) for years in YEARS
        ]


@require_safe
@requires(Permission.SEE)
def periods(request: ActorRequest) -> HttpResponse:
    """Every kind of record with its period, and all lists."""
    content = {
        "periods": queries.periods(),
        "disposals": queries.rows(queries.visible_to(request.actor)),
        "may_propose": request.actor.may(Permission.PROPOSE),
    }
    return render(request, "retention/periods.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PROPOSE)
def period(request: ActorRequest, kind: str) -> HttpResponse:
    """Set how long a kind is kept."""
    found = _kind(kind)
    form = PeriodForm(request.POST or None, initial={"years": queries.years_of(found)})
    if request.method == "POST" and form.is_valid():
        actions.set_period(kind=found, years=form.cleaned_data["years"], by=request.actor, at=clock.now())
        messages.success(request, gettext("保存期間を決めました。"))
        return redirect("retention:periods")
    status = 422 if request.method == "POST" else 200
    return render(request, "retention/period.html", {"form": form, "name": found.name}, status=status)


@require_POST
@requires(Permission.PROPOSE)
def propose(request: ActorRequest, kind: str) -> HttpResponse:
    """Make a list of what is over."""
    try:
        made = actions.propose(kind=_kind(kind), by=request.actor, at=clock.now())
    except actions.NothingOver:
        messages.info(request, gettext("保存期間が過ぎたものは、まだありません。"))
        return redirect("retention:periods")
    except IntegrityError:
        messages.warning(request, gettext("この種類には、承認を待っている一覧がすでにあります。"))
        return redirect("retention:periods")
    return redirect("retention:disposal", made)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE)
def disposal(request: ActorRequest, disposal_id: int) -> HttpResponse:
    """A list; who may approve takes off what is to be kept, and approves or refuses."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=disposal_id)
    if request.method == "POST":
        held = get_object_or_404(queries.held_by(request.actor, Permission.APPROVE), pk=disposal_id)
        _answer(request, held)
        return redirect("retention:disposal", disposal_id)
    (row,) = queries.rows(queries.visible_to(request.actor).filter(pk=disposal_id))
    waits = found.state == State.PROPOSED
    content = {
        "row": row,
        "state": STATE_WORDS[row.state],
        "reason": found.reason,
        "items": queries.items(disposal_id),
        "may_approve": waits and request.actor.may(Permission.APPROVE) and found.made_by_id != request.actor.user_id,
    }
    return render(request, "retention/disposal.html", content)


def _answer(request: ActorRequest, held: Any) -> None:
    reason = request.POST.get("reason", "").strip()[:300]
    keep = set(whole_numbers(request.POST.getlist("keep")))
    try:
        if request.POST.get("answer") == "reject":
            actions.reject(disposal=held, reason=reason, by=request.actor, at=clock.now())
            messages.success(request, gettext("廃棄しないことを記録しました。"))
        elif request.POST.get("answer") != "approve" or request.POST.get("sure") != "yes":
            messages.warning(request, gettext("廃棄していません。廃棄するときは、確かめた印を付けてください。"))
        else:
            count = actions.approve(disposal=held, keep=keep, by=request.actor, at=clock.now())
            messages.success(
                request, gettext("{count}件を廃棄しました。記録の連鎖はそのまま確かめられます。").format(count=count)
            )
    except (workflow.MoveRefused, workflow.Overtaken):
        messages.warning(request, gettext("ほかの人が先に答えました。いまの状態を確かめてください。"))
    except actions.SameHand:
        messages.error(request, gettext("一覧を作った人は承認できません。ほかの人に頼んでください。"))
    except actions.NotOver:
        messages.error(request, gettext("一覧を作ったあとに保存期間が延びました。一覧を作り直してください。"))


def _kind(kind: str) -> RecordKind:
    if kind not in KINDS or KINDS[kind].over is None:
        raise Http404
    return KINDS[kind]
