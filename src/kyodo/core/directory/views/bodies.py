"""The directory: all bodies, one body, its lines, and the sheet of them."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.accounts.permissions import Permission as AccountPermission
from kyodo.core.attempts import attempt, status_of
from kyodo.core.directory import actions, lists, shown
from kyodo.core.directory.forms import ContactForm
from kyodo.core.directory.permissions import Permission
from kyodo.core.directory.queries import bodies as queries
from kyodo.core.directory.sheets import contacts
from kyodo.core.lists.export import file_of
from kyodo.core.sheets.sending import send_out
from kyodo.engines.words import _

CHANGED = _("あなたが直している間に、ほかの人が直しました。もう一度開いて直してください。")


@require_safe
@requires(Permission.READ)
def directory(request: ActorRequest) -> HttpResponseBase:
    """Whom to call in each body; narrowed as one types, or as a file."""
    query = request.GET.get("q", "")[:100]
    rows = queries.directory(request.actor, query=query)
    if file := file_of(lists.LINES, queries.flat(rows), form=request.GET.get("format", "")):
        return file
    content = {
        "lines": shown.table(rows) if rows else "",
        "query": query,
        "count": len(rows),
        "may_keep": request.actor.may(Permission.KEEP),
        "may_invite": request.actor.may(Permission.INVITE),
    }
    return render(request, "directory/list.html", content)


@require_safe
@requires(Permission.READ)
def body(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """One body: how it is reached, and who of it can sign in."""
    row = queries.body(request.actor, organisation_id)
    if row is None:
        raise Http404
    content = {
        "row": row,
        "tags": shown.tags(row),
        "may_keep": queries.kept_bodies(request.actor).filter(pk=organisation_id).exists(),
        "sees_users": row.sign_ins is not None and request.actor.may(AccountPermission.USER_SEE),
    }
    return render(request, "directory/body.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def add(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """A new line of a body; `?name=` begins one for a duty that has none."""
    held = get_object_or_404(queries.kept_bodies(request.actor), pk=organisation_id)
    form = ContactForm(request.POST or None, initial={"name": request.GET.get("name", "")[:100]})
    if form.is_valid():
        add_contact = partial(actions.add_contact, organisation=held, by=request.actor, at=clock.now())
        if attempt(form, partial(add_contact, draft=form.draft())):
            messages.success(request, gettext("名簿に加えました。"))
            return redirect("directory:body", organisation_id)
    return render(request, "directory/contact.html", {"form": form, "body": held}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def change(request: ActorRequest, contact_id: int) -> HttpResponse:
    """Change a line."""
    held = get_object_or_404(queries.held_by(request.actor).select_related("organisation"), pk=contact_id)
    if request.method != "POST":
        form = ContactForm.of(held)
        return render(request, "directory/contact.html", {"form": form, "body": held.organisation, "contact": held})
    form = ContactForm(request.POST)
    if form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        change_contact = partial(actions.change_contact, contact=held, by=request.actor, at=clock.now())
        if attempt(form, partial(change_contact, draft=form.draft(), revision=revision), overtaken=CHANGED):
            messages.success(request, gettext("直しました。"))
            return redirect("directory:body", held.organisation_id)
    content = {"form": form, "body": held.organisation, "contact": held}
    return render(request, "directory/contact.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def remove(request: ActorRequest, contact_id: int) -> HttpResponse:
    """Take a line away."""
    held = get_object_or_404(queries.held_by(request.actor).select_related("organisation"), pk=contact_id)
    if request.method != "POST":
        return render(request, "directory/contact_remove.html", {"contact": held, "body": held.organisation})
    organisation = held.organisation_id
    try:
        actions.remove_contact(contact=held, by=request.actor, at=clock.now())
    except actions.ContactChanged:
        messages.info(request, gettext("すでに消されています。"))
    else:
        messages.success(request, gettext("名簿から消しました。"))
    return redirect("directory:body", organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def sheet(request: ActorRequest) -> HttpResponse:
    """The lines that I keep as a sheet to be corrected."""
    if request.method != "POST":
        count = queries.held_by(request.actor).count()
        return render(request, "directory/sheet.html", {"count": count, "what": "contacts"})
    return send_out(contacts.SHEET, contacts.outgoing(request.actor), by=request.actor, at=clock.now())
