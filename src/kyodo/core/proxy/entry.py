"""What every page has on which coordinators enter for a body: who acts, the form, where it comes from, what is said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.doors import ActorRequest
from kyodo.core.proxy import acting
from kyodo.core.proxy.forms import SourceFields


def acting_for(request: ActorRequest, organisation_id: int) -> Actor:
    """The actor entering for a body; 404 where they may not, or where there is no such body."""
    for_body = acting.acting_for(request.actor, organisation_id)
    if for_body is None:
        raise Http404
    return for_body


def form_of(kind: type[Any], request: ActorRequest, **given: Any) -> Any:
    """The form, with what was handed in and the copies of paper beside it."""
    return kind(request.POST, request.FILES, **given) if request.method == "POST" else kind(**given)


def told(form: SourceFields, for_body: Actor) -> dict[str, Any]:
    """What each action takes beside the thing itself: its source, the proofs, who acts, when."""
    return {"source": form.source(), "files": form.proofs(), "by": for_body, "at": clock.now()}


def say_entered(request: ActorRequest, for_body: Actor) -> None:
    """Say that it was entered, and that the body was told."""
    said = gettext("{body}に代わって入力しました。団体に、確かめるよう知らせました。")
    messages.success(request, said.format(body=for_body.organisation_name))
