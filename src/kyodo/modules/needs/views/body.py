"""What a body does with a need beside posting: join, leave, rate, follow."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.forms.body import BackingForm, RatingForm
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.views.attempt import attempt, status_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BACK)
def back(request: ActorRequest, need_id: int) -> HttpResponse:
    """うちも: join a need with the own volume and date."""
    joinable = get_object_or_404(queries.backable_by(request.actor), pk=need_id)
    form = BackingForm(request.POST or None)
    if form.is_valid():
        try:
            done = attempt(
                form,
                lambda: actions.back_need(
                    need=joinable,
                    draft=form.draft(),
                    section=queries.section_of(request.actor),
                    by=request.actor,
                    at=clock.now(),
                ),
            )
        except actions.AlreadyBacked:
            messages.info(request, gettext("あなたの団体は、すでに加わっています。"))
            return redirect("needs:need", need_id)
        if done:
            messages.success(request, gettext("「うちも」と加わりました。"))
            return redirect("needs:need", need_id)
    told = queries.story(need_id, actor=request.actor)
    return render(request, "needs/back.html", {"form": form, "story": told}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BACK)
def withdraw(request: ActorRequest, need_id: int) -> HttpResponse:
    """Take a 「うちも」 of my body back."""
    backing = queries.backing_held_by(request.actor, need_id)
    if backing is None:
        raise Http404
    if request.method != "POST":
        return render(request, "needs/withdraw.html", {"backing": backing, "need_id": need_id})
    try:
        actions.withdraw_backing(backing=backing, by=request.actor, at=clock.now())
    except actions.NeedChanged:
        messages.info(request, gettext("すでに取り消されています。"))
    else:
        messages.success(request, gettext("「うちも」を取り消しました。もう一度加わることもできます。"))
    return redirect("needs:need", need_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RATE)
def rate(request: ActorRequest, need_id: int) -> HttpResponse:
    """Say how content my body is with what became of a need."""
    told = queries.story(need_id, actor=request.actor)
    if told is None or not told.may_rate:
        raise Http404
    held = queries.visible_to(request.actor).get(pk=need_id)
    before = {"score": told.own_rating.score, "comment": told.own_rating.comment} if told.own_rating else {}
    form = RatingForm(request.POST or None, initial=before)
    if form.is_valid() and attempt(
        form, lambda: actions.rate_need(need=held, draft=form.draft(), by=request.actor, at=clock.now())
    ):
        messages.success(request, gettext("ありがとうございました。満足度を記録しました。"))
        return redirect("needs:need", need_id)
    return render(request, "needs/rate.html", {"form": form, "story": told}, status=status_of(form))


@require_POST
@requires(Permission.FOLLOW)
def follow(request: ActorRequest, need_id: int) -> HttpResponse:
    """Hear of what happens with a need, or no more."""
    seen = get_object_or_404(queries.visible_to(request.actor), pk=need_id)
    if request.POST.get("stop"):
        actions.unfollow_need(need=seen, by=request.actor, at=clock.now())
        messages.success(request, gettext("この相談の通知を止めました。"))
    else:
        actions.follow_need(need=seen, by=request.actor, at=clock.now())
        messages.success(request, gettext("この相談に動きがあったら、通知が届きます。"))
    return redirect("needs:need", need_id)
