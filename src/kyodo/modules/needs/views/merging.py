"""Put needs together, part them again, split one."""

from __future__ import annotations

import unicodedata
import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.whole_numbers import whole_numbers
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.forms.coordination import MergeForm
from kyodo.modules.needs.forms.need import NeedForm
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN
from kyodo.modules.needs.views.attempt import attempt, status_of

MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ARRANGE)
def merge(request: ActorRequest) -> HttpResponse:
    """Choose which of several needs tells the story of all. The needs come from a list, a board, or by number."""
    told = request.POST if request.method == "POST" else request.GET
    typed = unicodedata.normalize("NFKC", ",".join(told.getlist("ids"))).replace("、", ",")
    numbers = [one.strip("# ") for one in typed.split(",")]
    ids = set(whole_numbers(numbers))
    open_ones = queries.held_by(request.actor, Permission.ARRANGE).filter(state__in=OPEN, merged_into=None)
    held = list(open_ones.filter(pk__in=ids).select_related("organisation").order_by("-backing_count", "pk")[:MOST])
    if len(held) < 2:
        return render(
            request, "needs/merge_choose.html", {"chosen": held, "unknown": sorted(ids - {n.pk for n in held})}
        )
    is_sent = request.method == "POST" and request.POST.get("sent") == "1"
    form = MergeForm(
        request.POST if is_sent else None,
        needs=[
            (need.pk, format_html('<span lang="ja">#{} {}（{}）</span>', need.pk, need.title, need.organisation.name))
            for need in held
        ],
        initial={"target": str(held[0].pk)},
    )
    if is_sent and form.is_valid():
        target = next(need for need in held if str(need.pk) == form.cleaned_data["target"])
        done = attempt(
            form,
            lambda: actions.merge_needs(
                target=target,
                sources=[need for need in held if need is not target],
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            ),
        )
        if done:
            messages.success(request, gettext("統合しました。もとの相談のページから、いつでも取り消せます。"))
            return redirect("needs:need", target.pk)
    return render(request, "needs/merge.html", {"form": form, "needs": held}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ARRANGE)
def part(request: ActorRequest, need_id: int) -> HttpResponse:
    """Undo a merge."""
    merged = queries.held_by(request.actor, Permission.ARRANGE).exclude(merged_into=None)
    held = get_object_or_404(merged.select_related("merged_into"), pk=need_id)
    if request.method != "POST":
        return render(request, "needs/part.html", {"need": held})
    try:
        actions.undo_merge(need=held, by=request.actor, at=clock.now())
    except actions.NeedChanged:
        messages.info(request, gettext("統合は、すでに取り消されています。"))
    else:
        messages.success(request, gettext("統合を取り消しました。統合の後に書かれたことは、統合先に残ります。"))
    return redirect("needs:need", need_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ARRANGE)
def split(request: ActorRequest, need_id: int) -> HttpResponse:
    """Make a part of a need one of its own."""
    open_ones = queries.held_by(request.actor, Permission.ARRANGE).filter(state__in=OPEN, merged_into=None)
    held = get_object_or_404(open_ones, pk=need_id)
    told = queries.story(need_id, actor=request.actor)
    if told is None:
        raise Http404
    form = NeedForm(request.POST) if request.method == "POST" else NeedForm.of(actions.draft_of(held), revision=0)
    if form.is_valid():
        backings = whole_numbers(request.POST.getlist("backings"))
        try:
            done = attempt(
                form,
                lambda: actions.split_need(
                    need=held,
                    draft=form.draft(),
                    backings=backings,
                    submission=form.cleaned_data["submission"] or uuid.uuid4(),
                    by=request.actor,
                    at=clock.now(),
                ),
            )
        except actions.AlreadyPosted as again:
            return redirect("needs:need", again.need_id)
        if done:
            messages.success(request, gettext("相談を分けました。もとの団体と、選んだ団体に知らせました。"))
            return redirect("needs:need", done.made)
    return render(request, "needs/split.html", {"form": form, "story": told}, status=status_of(form))
