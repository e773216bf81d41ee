"""The list of contracts that are known, and the radar: what ends when, and who could buy together."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, status_of
from kyodo.core.lists.answer import page_or_file
from kyodo.core.lists.export import file_of
from kyodo.core.sheets.sending import send_out
from kyodo.modules.procurement.actions import contracts as actions
from kyodo.modules.procurement.actions.refusals import CaseChanged
from kyodo.modules.procurement.forms.contracts import ContractForm
from kyodo.modules.procurement.lists.contracts import CONTRACTS
from kyodo.modules.procurement.lists.radar import ENDS
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import contracts as queries
from kyodo.modules.procurement.sheets import contracts as sheets
from kyodo.modules.procurement.story import radar as pages


@require_safe
@requires(Permission.CONTRACTS)
def listing(request: ActorRequest) -> HttpResponseBase:
    """The contracts that I may see: my body's, or those of all."""
    may_keep = request.actor.may(Permission.KEEP_CONTRACTS)
    page = page_or_file(
        CONTRACTS,
        queries.visible_to(request.actor),
        fields=queries.ROW_FIELDS,
        make=queries.rows,
        request=request,
        may_add=may_keep,
    )
    if isinstance(page, HttpResponseBase):
        return page
    return render(request, "procurement/contracts.html", {"page": page, "may_keep": may_keep})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_CONTRACTS)
def new(request: ActorRequest) -> HttpResponse:
    """Add a contract of my body; a coordinator says of which."""
    kept = queries.kept_bodies(request.actor).order_by("code", "pk")
    bodies = list(kept.values_list("pk", "name"))
    if not bodies:
        raise Http404
    form = ContractForm(request.POST or None, bodies=bodies)
    if form.is_valid():
        held = get_object_or_404(kept, pk=form.cleaned_data.get("body") or request.actor.organisation_id or 0)
        if attempt(
            form,
            lambda: actions.enter_contract(organisation=held, draft=form.draft(), by=request.actor, at=clock.now()),
        ):
            messages.success(request, gettext("契約を台帳に加えました。"))
            return redirect("procurement:contracts")
    return render(request, "procurement/contract.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_CONTRACTS)
def contract(request: ActorRequest, contract_id: int) -> HttpResponse:
    """Mend a contract."""
    held = get_object_or_404(queries.held_by(request.actor).select_related("organisation"), pk=contract_id)
    form = ContractForm(
        request.POST or None, initial=ContractForm.begun(queries.draft_of(held), revision=held.revision)
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_contract(
            contract=held,
            draft=form.draft(),
            revision=form.cleaned_data["revision"] or 0,
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("直しました。"))
        return redirect("procurement:contracts")
    content = {"form": form, "contract": held, "body": held.organisation.name}
    return render(request, "procurement/contract.html", content, status=status_of(form))


@require_POST
@requires(Permission.KEEP_CONTRACTS)
def withdraw(request: ActorRequest, contract_id: int) -> HttpResponse:
    """Take a contract out of the list."""
    held = get_object_or_404(queries.held_by(request.actor).select_related("organisation"), pk=contract_id)
    try:
        actions.withdraw_contract(contract=held, by=request.actor, at=clock.now())
    except CaseChanged:
        messages.info(request, gettext("すでに台帳から外されています。"))
    else:
        messages.success(request, gettext("契約を台帳から外しました。"))
    return redirect("procurement:contracts")


@require_POST
@requires(Permission.KEEP_CONTRACTS)
def sheet(request: ActorRequest) -> HttpResponse:
    """The contracts that I keep, as a sheet to be mended and added to."""
    return send_out(sheets.SHEET, sheets.outgoing(request.actor), by=request.actor, at=clock.now())


@require_safe
@requires(Permission.READ)
def radar(request: ActorRequest) -> HttpResponseBase:
    """What ends when in the region, and who could buy together; neither prices nor suppliers."""
    actor, today = request.actor, clock.today()
    if not queries.sees_radar(actor):
        raise Http404
    ends = queries.ends(actor, today=today)
    if file := file_of(ENDS, ends, form=request.GET.get("format", "")):
        return file
    content = {
        "page": pages.tell(ends),
        "may_run": actor.may(Permission.RUN),
        "sees_contracts": actor.may(Permission.CONTRACTS),
    }
    return render(request, "procurement/radar.html", content)
