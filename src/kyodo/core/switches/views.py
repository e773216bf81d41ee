"""The operator's page of functions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.switches import actions, modules
from kyodo.core.switches.permissions import Permission


@require_safe
@requires(Permission.SWITCH)
def functions(request: ActorRequest) -> HttpResponse:
    """All modules, each on or off."""
    rows = [(module, not modules.is_off(name)) for name, module in modules.MODULES.items()]
    return render(request, "switches/functions.html", {"rows": rows})


@require_POST
@requires(Permission.SWITCH)
def switch(request: ActorRequest, module: str) -> HttpResponse:
    """Use a module, or no longer."""
    found = modules.MODULES.get(module)
    if found is None:
        raise Http404
    answer = request.POST.get("is_on")
    if answer not in {"yes", "no"}:
        return redirect("switches:functions")
    is_on = answer == "yes"
    actions.switch(module=found, is_on=is_on, by=request.actor, at=clock.now())
    told = (
        gettext("「{name}」を使います。")
        if is_on
        else gettext("「{name}」を使わないことにしました。データは残ります。")
    )
    messages.success(request, told.format(name=gettext(found.title)))
    return redirect("switches:functions")
