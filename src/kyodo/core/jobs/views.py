"""Pages of jobs: how far one's own are, and for the operator that all of them run."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import requires
from kyodo.core.jobs import actions, queries
from kyodo.core.jobs.permissions import Permission


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # given by the doors
    return actor


@requires(Permission.OWN)
@require_GET
def own_jobs(request: HttpRequest) -> HttpResponse:
    """One's own jobs."""
    actor = _actor(request)
    context = {"jobs": queries.own_pages(actor=actor), "oversees": actor.may(Permission.OVERSEE)}
    return render(request, "jobs/own.html", context)


@requires(Permission.OVERSEE)
@require_GET
def all_jobs(request: HttpRequest) -> HttpResponse:
    """All jobs without their content."""
    return render(request, "jobs/all.html", {"jobs": queries.lines(actor=_actor(request))})


@requires(Permission.OWN)
@require_GET
def job(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far one job is; for htmx only the part that changes."""
    page = queries.page(uuid, actor=_actor(request))
    if page is None:
        raise Http404
    is_part = request.headers.get("HX-Request") == "true"
    template = "jobs/job.html#state" if is_part else "jobs/job.html"
    response = render(request, template, {"job": page, "is_part": is_part})
    response.headers["Vary"] = "HX-Request"
    response.headers["Cache-Control"] = "no-store"
    return response


@requires(Permission.OWN)
@require_POST
def cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Cancel one's own job."""
    try:
        actions.cancel(uuid=uuid, by=_actor(request), at=clock.now())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except actions.JobFinished:
        messages.info(request, gettext("この処理はもう終わっていたため、中止しませんでした。"))
    return HttpResponseRedirect(reverse("jobs:job", args=[uuid]))


@requires(Permission.OVERSEE)
@require_POST
def run_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a failed job run again."""
    try:
        actions.run_again(uuid=uuid, by=_actor(request), at=clock.now())
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except actions.JobNotFailed:
        messages.info(request, gettext("この処理は失敗していないため、もう一度は実行しませんでした。"))
    return HttpResponseRedirect(reverse("jobs:all"))
