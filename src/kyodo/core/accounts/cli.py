"""`kyodo user`: the first administrator, and roles from the server's command line. Django is loaded by the commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from kyodo.core.access.roles import Role
    from kyodo.core.accounts.models import User
    from kyodo.core.organisations.models import Organisation

app = typer.Typer(help="People, their accounts and roles.", no_args_is_help=True)

Username = Annotated[str, typer.Argument(help="The name to sign in with: lower-case letters, digits, . _ -")]
RoleName = Annotated[str, typer.Argument(help="officer, approver, coordinator, auditor or operator")]
Body = Annotated[str, typer.Option("--organisation", help="Its six-digit code, or its name.")]


@app.callback()
def _group() -> None:
    """People, their accounts and roles."""


@app.command()
def create(
    username: Username,
    name: Annotated[str, typer.Option("--name", help="How others see this person.")],
    email: Annotated[str, typer.Option("--email", help="May be shared by a section.")] = "",
) -> None:
    """Make an account and print its one-time password.

    Example: kyodo user create hanako --name "檜原 花子"
    """
    with _django():
        from kyodo.core import clock
        from kyodo.core.access.actor import command
        from kyodo.core.accounts import actions, rules
        from kyodo.core.accounts.models import User

        if User.objects.filter(username__iexact=username).exists():
            _no(f"{username}: this user name is taken: another name, or `kyodo user grant {username} ROLE …`")
        password = rules.one_time_password()
        try:
            actions.create_user(
                username=username, display_name=name, email=email, password=password, by=command(), at=clock.now()
            )
        except actions.AccountRefused as refusal:
            _bad(*(f"{username}: {_english(reason)}: see `kyodo user create --help`" for reason in refusal.reasons))
        typer.echo(password)
        typer.echo(
            f"This password is shown once. Sign in as {username.lower()}, and choose another.\n"
            f"Next: kyodo user grant {username.lower()} operator --organisation NAME",
            err=True,
        )


@app.command()
def grant(
    username: Username,
    role: RoleName,
    organisation: Annotated[str, typer.Option("--organisation", help="Its six-digit code, or its name.")] = "",
    since: Annotated[str, typer.Option("--from", help="The first day, YYYY-MM-DD [default: today].")] = "",
    new_organisation: Annotated[
        str, typer.Option("--new-organisation", help="Register this organisation first; needs --kind.")
    ] = "",
    kind: Annotated[str, typer.Option("--kind", help="dx_body, bureau, prefecture, city, town, village, …")] = "",
) -> None:
    """Give somebody a role in an organisation.

    Example: kyodo user grant hanako operator --new-organisation "DX推進団体" --kind dx_body
    """
    with _django():
        from kyodo.core import clock
        from kyodo.core.access.actor import command
        from kyodo.core.accounts import actions

        if bool(organisation) == bool(new_organisation):
            _bad(
                "--organisation: the organisation is not named: a code or name, or --new-organisation NAME --kind KIND"
            )
        user, held = _user(username), _role(role)
        first = _day("--from", since) or clock.today()
        body = _new_organisation(new_organisation, kind) if new_organisation else _organisation(organisation)
        try:
            actions.grant_role(user=user, organisation=body, role=held, valid_from=first, by=command(), at=clock.now())
        except actions.AccountRefused as refusal:
            _no(*(f"{username}: {_english(reason)}" for reason in refusal.reasons))
        typer.echo(f"{user.username}: {held} in {body.name} from {first}")


@app.command()
def revoke(
    username: Username,
    role: RoleName,
    organisation: Body,
    until: Annotated[str, typer.Option("--until", help="The last day, YYYY-MM-DD [default: today].")] = "",
) -> None:
    """End a role of somebody with a day.

    Example: kyodo user revoke hanako operator --organisation "DX推進団体" --until 2027-03-31
    """
    with _django():
        from kyodo.core import clock
        from kyodo.core.access.actor import command
        from kyodo.core.accounts import actions
        from kyodo.core.accounts.models import Membership

        user, held, body = _user(username), _role(role), _organisation(organisation)
        last = _day("--until", until) or clock.today()
        membership = (
            Membership.objects.filter(user=user, role=held, organisation=body)
            .exclude(valid_until__lt=last)
            .select_related("user")
            .first()
        )
        if membership is None:
            _no(f"{username}: has no role {held} in {body.name} after {last}: see `kyodo user list`")
        try:
            actions.end_role(membership=membership, valid_until=last, by=command(), at=clock.now())
        except actions.AccountRefused as refusal:
            _no(*(f"{username}: {_english(reason)}" for reason in refusal.reasons))
        typer.echo(f"{user.username}: {held} in {body.name} until {last}")


@app.command(name="list")
def list_users() -> None:
    """List all people with their roles, as tab-separated text.

    Example: kyodo user list
    """
    with _django():
        from kyodo.core.accounts import queries
        from kyodo.core.accounts.models import User

        typer.echo("user\tname\tactive\tsecond factor\trole\torganisation\tfrom\tuntil")
        for person in queries.rows(User.objects.values_list(*queries.USER_FIELDS)):
            own = [person.username, person.display_name, _yes(person.is_active), _yes(person.has_factor)]
            for role in person.roles or [None]:
                told = [role.role, role.organisation, role.valid_from, role.valid_until or ""] if role else [""] * 4
                typer.echo("\t".join(str(part) for part in [*own, *told]))


@contextmanager
def _django() -> Iterator[None]:
    """Django, and a plain sentence where its tables are not there yet."""
    import django

    django.setup()
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as trouble:
        typer.echo(f"The database can't be used ({trouble}). Prepare it first: kyodo run", err=True)
        raise typer.Exit(1) from None


def _user(username: str) -> User:
    from kyodo.core.accounts.models import User

    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        _bad(f"{username}: no such user: one of `kyodo user list`, or make it with `kyodo user create`")
    return user


def _role(name: str) -> Role:
    from kyodo.core.access.roles import Role

    known = [role for role in Role if role is not Role.RESIDENT]
    if name not in known:
        _bad(f"{name}: no such role: {', '.join(known)}")
    return Role(name)


def _organisation(wanted: str) -> Organisation:
    from django.db.models import Q

    from kyodo.core import clock
    from kyodo.core.organisations.models import Organisation

    found = list(Organisation.objects.on(clock.today()).filter(Q(code=wanted) | Q(name=wanted))[:2])
    if not found:
        _bad(f"{wanted}: no such organisation: its code or whole name, or --new-organisation NAME --kind KIND")
    if len(found) > 1:
        _bad(f"{wanted}: two organisations are called so: the six-digit code")
    return found[0]


def _new_organisation(name: str, kind: str) -> Organisation:
    from kyodo.core import clock
    from kyodo.core.access.actor import command
    from kyodo.core.organisations.actions import OrganisationDraft, add_organisation
    from kyodo.core.organisations.models import Kind, Organisation

    if kind not in Kind.values:
        _bad(f"--kind: {kind or 'nothing'}: {', '.join(Kind.values)}")
    if Organisation.objects.on(clock.today()).filter(name=name).exists():
        _bad(f"{name}: this organisation is there already: --organisation {name}")
    return add_organisation(draft=OrganisationDraft(kind=Kind(kind), name=name), by=command(), at=clock.now())


def _day(option: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        _bad(f"{option}: {text}: a day as 2027-04-01")


def _english(text: str) -> str:
    from django.utils import translation

    with translation.override("en"):
        return translation.gettext(text)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _bad(*faults: str) -> NoReturn:
    """Bad input: a line a fault, exit code 2."""
    for fault in faults:
        typer.echo(fault, err=True)
    raise typer.Exit(2)


def _no(*reasons: str) -> NoReturn:
    """The answer is no: exit code 1."""
    for reason in reasons:
        typer.echo(reason, err=True)
    raise typer.Exit(1)
