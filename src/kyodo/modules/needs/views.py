"""Pages of needs. A view translates, makes one call, and answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core import clock, workflow
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.ledger import permissions as ledger_permissions
from kyodo.core.ledger import queries as ledger
from kyodo.core.lists.answer import page_or_file
from kyodo.modules.needs import actions, like, lists, queries, story
from kyodo.modules.needs.forms import BackingForm, MoveForm, NeedForm, tell
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN, State

CHANGED_MEANWHILE = gettext_lazy(
    "あなたが読んでいる間に、ほかの人がこの相談を変えました。いまの内容を確かめて、もう一度入力してください。"
)


@require_safe
@requires(Permission.READ)
def needs(request: ActorRequest) -> HttpResponseBase:
    """All needs that I may see."""
    return _listed(request, lists.NEEDS, queries.visible_to(request.actor), "needs/list.html")


@require_safe
@requires(Permission.PUBLIC_READ)
def public(request: ActorRequest) -> HttpResponseBase:
    """What was solved and is public."""
    return _listed(request, lists.PUBLIC, queries.public_solved(), "needs/public_list.html")


def _listed(request: ActorRequest, listing: lists.NeedListing, rows: queries.Needs, template: str) -> HttpResponseBase:
    def make(values: queries.Values) -> list[queries.NeedRow]:
        return queries.rows(values, actor=request.actor)

    may_add = request.actor.may(Permission.POST)
    page = page_or_file(listing, rows, fields=queries.ROW_FIELDS, make=make, request=request, may_add=may_add)
    if isinstance(page, HttpResponseBase):
        return page
    return render(request, template, {"page": page, "may_post": may_add})


@require_safe
@requires(Permission.READ)
def need(request: ActorRequest, need_id: int) -> HttpResponse:
    """A need's whole story."""
    told = queries.story(need_id, actor=request.actor)
    if told is None:
        raise Http404
    record_count = (
        ledger.count_for("needs.need", need_id) if request.actor.may(ledger_permissions.Permission.READ) else 0
    )
    content = {"story": told, "page": story.tell(told), "record_count": record_count}
    return render(request, "needs/need.html", content)


@require_safe
@requires(Permission.PUBLIC_READ)
def public_need(request: ActorRequest, need_id: int) -> HttpResponse:
    """The story of what was solved, as everybody may read it."""
    told = queries.public_story(need_id)
    if told is None:
        raise Http404
    return render(request, "needs/need.html", {"story": told, "page": story.tell(told), "is_public": True})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.POST)
def post(request: ActorRequest) -> HttpResponse:
    """Write a need."""
    if request.method != "POST":
        return render(request, "needs/post.html", {"form": NeedForm.empty()})
    form = NeedForm(request.POST)
    if form.is_valid():
        try:
            need_id = actions.post_need(
                draft=form.draft(),
                section=queries.section_of(request.actor),
                submission=form.cleaned_data["submission"],
                by=request.actor,
                at=clock.now(),
            )
        except actions.AlreadyPosted as again:
            messages.info(request, gettext("この相談はすでに届いています。二重には登録していません。"))
            return redirect("needs:need", again.need_id)
        except actions.NeedRefused as refusal:
            tell(form, refusal.faults)
        else:
            messages.success(request, gettext("相談を受け付けました。調整担当が確かめて、このページに返事を書きます。"))
            return redirect("needs:need", need_id)
    return render(request, "needs/post.html", {"form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.POST)
def like_needs(request: ActorRequest) -> HttpResponse:
    """Needs like what is being written: part of the form while typing, a page of its own without scripts."""
    title, trouble = request.POST.get("title", "")[:200], request.POST.get("trouble", "")[:4000]
    found = like.while_writing(title, trouble, actor=request.actor)
    template = "needs/_like.html" if request.htmx else "needs/like.html"  # type: ignore[attr-defined]
    return render(request, template, {"found": story.likenesses(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.POST)
def edit(request: ActorRequest, need_id: int) -> HttpResponse:
    """Rewrite a need of my body."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.POST), pk=need_id, state__in=OPEN)
    if request.method != "POST":
        form = NeedForm.of(actions.draft_of(held), revision=held.revision)
        return render(request, "needs/edit.html", {"form": form, "need": held})
    form = NeedForm(request.POST)
    if form.is_valid():
        try:
            actions.edit_need(
                need=held,
                draft=form.draft(),
                revision=form.cleaned_data["revision"] or 0,
                by=request.actor,
                at=clock.now(),
            )
        except actions.NeedRefused as refusal:
            tell(form, refusal.faults)
        except actions.NotNarrower:
            form.add_error("audience", gettext("すでに加わった団体があるので、見える範囲を狭められません。"))
        except actions.NeedChanged:
            form.add_error(None, str(CHANGED_MEANWHILE))
        else:
            messages.success(request, gettext("書き直しました。"))
            return redirect("needs:need", need_id)
    return render(request, "needs/edit.html", {"form": form, "need": held}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BACK)
def back(request: ActorRequest, need_id: int) -> HttpResponse:
    """うちも: join a need with the own volume and date."""
    joinable = get_object_or_404(queries.backable_by(request.actor), pk=need_id)
    form = BackingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.back_need(
                need=joinable,
                draft=form.draft(),
                section=queries.section_of(request.actor),
                by=request.actor,
                at=clock.now(),
            )
        except actions.NeedRefused as refusal:
            tell(form, refusal.faults)
        except actions.AlreadyBacked:
            messages.info(request, gettext("あなたの団体は、すでに加わっています。"))
            return redirect("needs:need", need_id)
        except actions.NeedChanged:
            form.add_error(None, str(CHANGED_MEANWHILE))
        else:
            messages.success(request, gettext("「うちも」と加わりました。"))
            return redirect("needs:need", need_id)
    told = queries.story(need_id, actor=request.actor)
    status = 422 if request.method == "POST" else 200
    return render(request, "needs/back.html", {"form": form, "story": told}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BACK)
def withdraw(request: ActorRequest, need_id: int) -> HttpResponse:
    """Take a 「うちも」 of my body back."""
    backing = get_object_or_404(queries.backings_held_by(request.actor).select_related("need"), need_id=need_id)
    if request.method != "POST":
        return render(request, "needs/withdraw.html", {"backing": backing})
    try:
        actions.withdraw_backing(backing=backing, by=request.actor, at=clock.now())
    except actions.NeedChanged:
        messages.info(request, gettext("すでに取り消されています。"))
    else:
        messages.success(request, gettext("「うちも」を取り消しました。もう一度加わることもできます。"))
    return redirect("needs:need", need_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MOVE)
def move(request: ActorRequest, need_id: int) -> HttpResponse:
    """Take a need to its next state, with a reason."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.MOVE), pk=need_id)
    told = queries.story(need_id, actor=request.actor)
    assert told is not None, "who moves needs sees all of them"
    form = MoveForm(request.POST or None, moves=told.moves, initial={"to": next(iter(told.moves)).value})
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_need(
                need=held,
                to=State(form.cleaned_data["to"]),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            )
        except actions.NeedRefused as refusal:
            tell(form, refusal.faults)
        except (workflow.Overtaken, workflow.MoveRefused):
            form.add_error(None, str(CHANGED_MEANWHILE))
        else:
            messages.success(request, gettext("状態を変えました。"))
            return redirect("needs:need", need_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "needs/move.html", {"form": form, "story": told}, status=status)
