"""What coordinators do with open needs: look at all on a board, take steps one by one or together, give them out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.deadlines.entry import warn_of_closure
from kyodo.core.whole_numbers import whole_numbers
from kyodo.modules.needs import actions, board, continuing, queries
from kyodo.modules.needs.forms.coordination import ArrangeForm, MoveForm
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN, TRANSITIONS, State
from kyodo.modules.needs.views.attempt import attempt, status_of

MOST = 200


@require_safe
@requires(Permission.ARRANGE)
def show_board(request: ActorRequest) -> HttpResponse:
    """All open needs in columns."""
    mine = request.actor.user_id if request.GET.get("who") == "me" else None
    told = queries.board(actor=request.actor, assignee=mine)
    return render(request, "needs/board.html", {"board": board.draw(told, request.GET, now=clock.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MOVE)
def move(request: ActorRequest, need_id: int) -> HttpResponse:
    """Take a need to its next state, with a reason."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.MOVE), pk=need_id)
    told = queries.story(need_id, actor=request.actor)
    assert told is not None, "who moves needs sees all of them"
    if not told.moves:
        messages.info(request, gettext("この相談は統合されています。統合先で進めてください。"))
        return redirect("needs:need", need_id)
    form = MoveForm(request.POST or None, moves=told.moves, initial={"to": told.moves[0].value})
    if form.is_valid() and attempt(
        form,
        lambda: actions.move_need(
            need=held,
            to=State(form.cleaned_data["to"]),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("状態を変えました。"))
        return redirect("needs:need", need_id)
    return render(request, "needs/move.html", {"form": form, "story": told}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ARRANGE)
def arrange(request: ActorRequest, need_id: int) -> HttpResponse:
    """Give a need to somebody, with a day."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.ARRANGE), pk=need_id)
    first = held.assignee_id or request.actor.user_id
    form = ArrangeForm(
        request.POST or None,
        people=queries.coordinators(),
        initial={"assignee": str(first), "due_on": held.due_on},
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.arrange_needs(
            needs=[held],
            assignee=form.given_to(),
            due_on=form.cleaned_data["due_on"],
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("担当と期限を決めました。期限が近づいたら知らせます。"))
        warn_of_closure(request, form.cleaned_data["due_on"])
        return redirect("needs:need", need_id)
    return render(request, "needs/arrange.html", {"form": form, "need": held}, status=status_of(form))


@require_POST
@requires(Permission.ARRANGE)
def together(request: ActorRequest) -> HttpResponse:
    """What is to be done with the needs that were chosen in a list: the first step shows a form, the second does it."""
    held = _chosen(request)
    if not held:
        messages.warning(request, gettext("相談を選んでから、ボタンを押してください。"))
        return redirect("needs:list")
    steps = {"arrange": _arrange_together, "move": _move_together}
    step = steps.get(request.POST.get("do", ""))
    for one in continuing.offered(request.actor):
        if request.POST.get("do") == one.kind.value:
            return redirect(f"{one.address}?{'&'.join(f'need={need.pk}' for need in held)}")
    if request.POST.get("do") == "merge":
        return redirect(f"/needs/merge/?{'&'.join(f'ids={need.pk}' for need in held)}")
    if step is None:
        raise Http404
    return step(request, held)


def _chosen(request: ActorRequest) -> list[queries.HeldNeed]:
    ids = whole_numbers(request.POST.getlist("ids"))
    open_ones = queries.held_by(request.actor, Permission.ARRANGE).filter(state__in=OPEN, merged_into=None)
    return list(open_ones.filter(pk__in=ids).order_by("pk")[:MOST])


def _arrange_together(request: ActorRequest, held: list[queries.HeldNeed]) -> HttpResponse:
    is_sent = request.POST.get("sent") == "1"
    form = ArrangeForm(request.POST if is_sent else None, people=queries.coordinators())
    if is_sent and form.is_valid():
        done = attempt(
            form,
            lambda: actions.arrange_needs(
                needs=held,
                assignee=form.given_to(),
                due_on=form.cleaned_data["due_on"],
                by=request.actor,
                at=clock.now(),
            ),
        )
        if done:
            warn_of_closure(request, form.cleaned_data["due_on"])
            return _all_done(request, len(held))
    return _ask(request, form, held, do="arrange", title=gettext("担当と期限をまとめて決める"))


def _move_together(request: ActorRequest, held: list[queries.HeldNeed]) -> HttpResponse:
    ways = [state for state in State if all(state in TRANSITIONS[State(need.state)] for need in held)]
    is_sent = request.POST.get("sent") == "1"
    form = MoveForm(request.POST if is_sent else None, moves=ways)
    if is_sent and form.is_valid():
        done = attempt(
            form,
            lambda: actions.move_needs(
                needs=held,
                to=State(form.cleaned_data["to"]),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            ),
        )
        if done:
            return _all_done(request, len(held))
    return _ask(request, form, held, do="move", title=gettext("状態をまとめて変える"))


def _all_done(request: ActorRequest, count: int) -> HttpResponse:
    told = ngettext("%(n)d件をまとめて変えました。", "%(n)d件をまとめて変えました。", count)
    messages.success(request, told % {"n": count})
    return redirect("needs:list")


def _ask(
    request: ActorRequest, form: ArrangeForm | MoveForm, held: list[queries.HeldNeed], *, do: str, title: str
) -> HttpResponse:
    content = {"form": form, "needs": held, "do": do, "title": title}
    return render(request, "needs/together.html", content, status=status_of(form))
