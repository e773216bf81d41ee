"""Situations of what is entered for bodies, of the directory and of invitations (tests/architecture/test_actions)."""

from __future__ import annotations

from datetime import date

from kyodo.core.directory import actions as directory
from kyodo.core.directory.models import Contact, Invitation
from kyodo.core.directory.rules import ContactDraft
from kyodo.core.field_calendar import actions as calendar
from kyodo.core.field_calendar.models import BodyDay
from kyodo.core.field_calendar.rules import DayDraft, Kind
from kyodo.core.proxy import actions as proxy
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.rules import State as ProxyState
from kyodo.core.statutes import actions as statutes
from kyodo.core.statutes import shipped
from kyodo.core.statutes.models import Statute
from tests.architecture.situations import acting, situation
from tests.by_proxy import told_by_telephone
from tests.ordinances import own_row
from tests.region import Region


def by_proxy(region: Region) -> ProxyEntry:
    told_by_telephone(region)
    return ProxyEntry.objects.get()


@situation("proxy.entered")
def _(region: Region) -> None:
    by_proxy(region)


@situation("proxy.confirmed")
def _(region: Region) -> None:
    proxy.confirm(entry=by_proxy(region), **acting(region.villager))


@situation("proxy.disputed")
def _(region: Region) -> None:
    proxy.dispute(entry=by_proxy(region), remark="月3回ではなく年3回です。", **acting(region.villager))


@situation("proxy.answered_on_paper")
def _(region: Region) -> None:
    proxy.note_answer(
        entry=by_proxy(region),
        to=ProxyState.DISPUTED,
        who="総務課 檜原",
        remark="量が違います。",
        files=(),
        **acting(region.coordinator),
    )


def contact(region: Region) -> Contact:
    return directory.add_contact(
        organisation=region.village, draft=ContactDraft("総務課", phone="042-598-1011"), **acting(region.operator)
    )


@situation("directory.contact_added")
def _(region: Region) -> None:
    contact(region)


@situation("directory.contact_changed")
def _(region: Region) -> None:
    directory.change_contact(
        contact=contact(region), draft=ContactDraft("総務課"), revision=1, **acting(region.operator)
    )


@situation("directory.contact_removed")
def _(region: Region) -> None:
    directory.remove_contact(contact=contact(region), **acting(region.operator))


def invitation(region: Region) -> Invitation:
    directory.invite(people={region.villager.user.pk: region.village.pk}, **acting(region.operator))
    Invitation.objects.update(digest="x")
    return Invitation.objects.get()


@situation("directory.people_invited")
def _(region: Region) -> None:
    invitation(region)


@situation("directory.letters_printed")
def _(region: Region) -> None:
    directory.print_letters(invitations=[invitation(region)], hashes=["!"], **acting(region.operator))


@situation("directory.invitation_accepted")
def _(region: Region) -> None:
    directory.accept(invitation=invitation(region), password="!", **acting(region.villager))


def day(region: Region) -> BodyDay:
    first = date(2026, 6, 3)
    draft = DayDraft(Kind.SESSION, "第2回定例会", first, date(2026, 6, 20))
    key = calendar.add_day(organisation=region.village, draft=draft, **acting(region.villager))
    return BodyDay.objects.get(pk=key)


@situation("field_calendar.day_added")
def _(region: Region) -> None:
    day(region)


@situation("field_calendar.day_changed")
def _(region: Region) -> None:
    draft = DayDraft(Kind.SESSION, "第2回定例会", date(2026, 6, 4), date(2026, 6, 20))
    calendar.change_day(day=day(region), draft=draft, revision=1, **acting(region.villager))


@situation("field_calendar.day_removed")
def _(region: Region) -> None:
    calendar.remove_day(day=day(region), **acting(region.villager))


@situation("field_calendar.calendar_opened")
def _(region: Region) -> None:
    calendar.open_calendar(organisation=region.village, **acting(region.villager))


@situation("field_calendar.calendar_closed")
def _(region: Region) -> None:
    calendar.close_calendar(organisation=region.village, **acting(region.villager))


def statute(region: Region) -> Statute:
    draft = own_row()
    key = statutes.add_row(organisation=region.village, draft=draft, reason="", **acting(region.coordinator))
    return Statute.objects.get(pk=key)


@situation("statutes.row_added")
def _(region: Region) -> None:
    statute(region)


@situation("statutes.row_corrected")
def _(region: Region) -> None:
    draft = own_row(value=80_000_000)
    statutes.correct_row(row=statute(region), draft=draft, reason="写し間違い", **acting(region.coordinator))


@situation("statutes.row_ended")
def _(region: Region) -> None:
    statutes.end_row(row=statute(region), last=date(2027, 3, 31), reason="条例改正", **acting(region.coordinator))


@situation("statutes.edition_taken")
def _(region: Region) -> None:
    day(region)
    Statute.objects.filter(rule="consumption_tax").update(edition="of an older version")
    shipped.load()
