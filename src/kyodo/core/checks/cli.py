"""`kyodo check`: one line a finding, what to do below it. Django is loaded inside, so that help answers at once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kyodo.core.checks.registry import Finding


class Language(StrEnum):
    """In which words."""

    JA = "ja"
    EN = "en"


def check(
    send: Annotated[
        str, typer.Option("--send", metavar="ADDRESS", help="Send a mail there, to see that it arrives.")
    ] = "",
    lang: Annotated[Language, typer.Option("--lang", help="In which language to tell.")] = Language.JA,
) -> None:
    """Look after settings, database, record, storage, clock, mail and workers; exit code 1 on a fault.

    Example: kyodo check --lang en --send hanako@example.lg.jp
    """
    import django

    django.setup()
    from django.utils import translation

    from kyodo.core.checks import registry
    from kyodo.core.checks.settings import send as send_mail
    from kyodo.engines.words import _

    bad = False
    with translation.override(lang.value):
        for part, finding in registry.findings():
            _tell(part, finding)
            bad |= finding.level is registry.Level.FAULT
        if send:
            finding = send_mail(send)
            _tell(_("メール"), finding)
            bad |= finding.level is registry.Level.FAULT
    if bad:
        raise typer.Exit(1)


def _tell(part: str, finding: Finding) -> None:
    from django.utils.translation import gettext

    typer.echo(f"{finding.level:<5}  {gettext(part)}: {gettext(finding.sentence).format(**finding.facts)}")
    if finding.remedy:
        typer.echo(f"       → {gettext(finding.remedy).format(**finding.facts)}")
