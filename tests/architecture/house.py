"""A small region with one of everything that a door can lead to, and everybody who knocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.audit.models import Entry
from kyodo.core.directory.actions import add_contact
from kyodo.core.directory.rules import ContactDraft
from kyodo.core.easy_japanese import actions as easy_japanese
from kyodo.core.entrances.models import Entrance, Nature
from kyodo.core.field_calendar.actions import add_day
from kyodo.core.field_calendar.rules import DayDraft
from kyodo.core.field_calendar.rules import Kind as DayKind
from kyodo.core.files import attachments, owners, store
from kyodo.core.jobs.actions import start
from kyodo.core.ledger.tasks import prove
from kyodo.core.lists.actions import save_filter
from kyodo.core.mail.models import AddressTrouble
from kyodo.core.mail.queue import queue
from kyodo.core.mail.rules import Purpose
from kyodo.core.organisations.models import Organisation
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.statutes.actions import add_row
from kyodo.core.statutes.models import Statute
from kyodo.core.threads.actions import write_post
from kyodo.core.threads.subjects import find
from kyodo.modules.needs.actions import merge_needs, open_route, post_by_proxy, promise
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, MeasureDraft, RouteDraft, RouteKind, State
from tests import cases, decided, keeping, market, moving, sheet_back
from tests.architecture.doors import operations
from tests.by_proxy import for_body
from tests.by_proxy import said as heard
from tests.ordinances import own_row
from tests.program import Program
from tests.region import Region, draft_of, numbers

ROLES = list(Role)
CASE_OPERATIONS = {
    *("api:get_case", "api:move_case", "api:join_case", "api:rewrite_contract", "api:get_survey", "api:get_response"),
    *("api:put_response", "api:get_topics", "api:put_requirements", "api:put_replies", "api:get_versions"),
    *("api:get_commitments", "api:put_commitment", "api:bind_commitment", "api:record_ground"),
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "account_confirm_email": {"key": "x"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
    "field_calendar:file": {"key": "x"},
    "directory:welcome": {"key": "x"},
    "demo_enter": {"user_id": 1},
    "deadlines:calendar": {"key": "x"},
    "statutes:rule": {"rule": "consumption_tax"},
    "openid_connect_login": {"provider_id": "town"},
    "openid_connect_callback": {"provider_id": "town"},
}
NEED = {"title": "窓口の待ち時間が長い", "trouble": "月曜の朝は40分待ちになります。", "audience": "all"}
DECIDING = {"api:get_decision", "api:record_decision"}
DECISION = {"decided_on": "2026-04-01", "division": "delegated", "decider_name": "檜原太郎"}
BODIES: dict[str, dict[str, Any]] = {
    "api:post_need": NEED,
    "api:rewrite_need": {**NEED, "revision": 1},
    "api:back_need": {"volume": "年300件"},
    "api:move_need": {"to": "checking"},
    "api:arrange_need": {},
    "api:open_route": {"kind": "advice", "purpose": "相談に乗ります。"},
    "api:report_route": {"to": "running"},
    "api:promise": {
        "label": "電話",
        "unit": "件/年",
        "baseline": 900,
        "promised": 300,
        "method": "受電記録で数えます。",
        "measure_on": "2030-04-01",
    },
    "api:record_result": {"measured": 250, "measured_on": "2026-01-05", "evidence": "受電記録簿の4月から9月まで"},
    "api:rate_need": {"score": 4},
    "api:write_post": {"text": "書き込み"},
    "api:open_case": {
        "title": "ライセンスの共同調達",
        "purpose": "団体ごとに高く買っています。",
        "kind": "licences",
        "starts_on": "2030-04-01",
    },
    "api:move_case": {"to": "alignment"},
    "api:enter_contract": {"kind": "licences", "item": "グループウェア", "ends_on": "2030-03-31"},
    "api:rewrite_contract": {"kind": "licences", "item": "グループウェア", "ends_on": "2030-03-31", "revision": 1},
    "api:put_response": {"lines": [], "revision": 1},
    "api:put_requirements": {"requirements": []},
    "api:put_replies": {"replies": []},
    "api:put_commitment": {"lines": [], "planned_on": "2030-04-01", "budget": "unknown"},
    "api:bind_commitment": {"knows_blocks": True, "revision": 1},
    "api:record_ground": {"finding": "x", "kind": "council_vote", "number": "1", "on": "2030-04-01"},
    "api:record_budget": {"kind": "initial", "yen": 1_000_000, "decided_on": "2026-03-25"},
}


STATUTES = {
    *("statutes:row", "statutes:correct", "statutes:end", "statutes:body", "statutes:body_new"),
    "api:statutes_of_body",
}

# A thing with files that belongs to the one whose number it has.
owners.register("tests.door", lambda actor, subject: actor.user_id == subject)


def said(status: int, location: str) -> str:
    """A status in the words of the matrix."""
    if status == 401 or (status == 302 and location.startswith("/accounts/login/")):
        return "sign in"
    if status >= 500:
        return f"broken ({status})"
    return str(status) if status in {403, 404} else "open"


class House:
    """A region with one of everything that a door can lead to."""

    def __init__(self, region: Region, *, host: str = "", entrance: str = "main") -> None:
        self.region = region
        self.headers = {"host": host} if host else {}
        self.browsers = {
            role: Client(headers=self.headers)
            if role is Role.RESIDENT
            else region.of_role(role).browser(host=host, entrance=entrance)
            for role in ROLES
        }
        self.tokens = {role: self._token(role) for role in ROLES if role is not Role.RESIDENT}

    def _token(self, role: Role) -> str:
        return Program(self.region.of_role(role)).secret

    def need(self, kind: str) -> int:
        """A new need, as the object's name says."""
        town, village = self.region.townsman, self.region.villager
        match kind:
            case "own":
                return self.region.need(audience=Audience.COORDINATORS).pk
            case "shared":
                return self.region.need(by=town).pk
            case "joined":
                return self.region.need(by=town, backed_by=(village,)).pk
            case "hidden":
                return self.region.need(by=town, audience=Audience.COORDINATORS).pk
            case "ended":
                return self.region.need(audience=Audience.ALL, state=State.DONE).pk
            case "merged":
                source, target = self.region.need(), self.region.need(by=town)
                merge_needs(target=target, sources=[source], reason="", **self.coordinating())
                return source.pk
            case "solved":
                return self.region.need(by=town, audience=Audience.PUBLIC, state=State.DONE).pk
        raise AssertionError(kind)

    def coordinating(self) -> dict[str, Any]:
        """Who coordinates, now."""
        return {"by": self.region.coordinator.actor, "at": clock.now()}

    def route(self, kind: str) -> dict[str, Any]:
        """An answer to a need."""
        need = Need.objects.get(pk=self.need(kind))
        draft = RouteDraft(RouteKind.ADVICE, "相談に乗ります。")
        return {"need_id": need.pk, "route_id": open_route(need=need, draft=draft, **self.coordinating())}

    def measure(self, kind: str) -> dict[str, Any]:
        """A promise to a need."""
        need = Need.objects.get(pk=self.need(kind))
        day = clock.today() + timedelta(days=30)
        draft = MeasureDraft("電話", "件/年", Decimal(900), Decimal(300), "受電記録で数えます。", day)
        return {"need_id": need.pk, "measure_id": promise(need=need, draft=draft, **self.coordinating())}

    def post(self, kind: str) -> dict[str, Any]:
        """A post of the village's officer in a thread (of the town's, in one that the village does not see)."""
        author = self.region.villager if kind == "own" else self.region.townsman
        subject = find("needs.need", self.need(kind), actor=author.actor)
        assert subject is not None
        post = write_post(subject=subject, text="書き込み", is_internal=False, by=author.actor, at=clock.now())
        return {"post_id": post}

    def entry(self, kind: str) -> int:
        """An entry of the record about the own or the other body."""
        self.need("own" if kind == "own" else "hidden")
        last = Entry.objects.last()
        assert last is not None
        return last.sequence

    def entered(self, kind: str) -> int:
        """What was entered for the own or the other body."""
        by = for_body(self.region, self.region.village if kind == "own" else self.region.town)
        title = f"聞いた困りごと その{next(numbers)}"
        draft = draft_of(title=title)
        post_by_proxy(draft=draft, submission=uuid4(), source=heard(), files=(), by=by, at=clock.now())
        return ProxyEntry.objects.values_list("pk", flat=True)[0]

    def of_the_calendar(self, door: str, body: Organisation) -> dict[str, Any]:
        """A body, or a day of it."""
        if not door.startswith("field_calendar:day") or door == "field_calendar:day_new":
            return {"organisation_id": body.pk}
        draft = DayDraft(DayKind.CLOSED, "開庁記念日", date(2026, 10, 1), date(2026, 10, 1))
        by = self.region.coordinator.actor
        return {"day_id": add_day(organisation=body, draft=draft, by=by, at=clock.now())}

    def of_the_statutes(self, door: str, kind: str) -> dict[str, Any]:
        """A body, or a row of it; a row of law that holds for many."""
        body = self.region.village if kind == "own" else self.region.town
        if door in {"statutes:body", "statutes:body_new", "api:statutes_of_body"}:
            return {"organisation_id": body.pk}
        if kind == "national":
            return {"row_id": Statute.objects.standing().filter(level="national").values_list("pk", flat=True)[0]}
        began = date(2000, 4, 1) + timedelta(days=next(numbers))
        draft = own_row(valid_from=began, valid_until=began)
        return {"row_id": add_row(organisation=body, draft=draft, reason="", **self.coordinating())}

    def of_the_directory(self, door: str, body: Organisation) -> dict[str, Any]:
        """A body, or a line of it."""
        if door in {"directory:body", "directory:contact_new"}:
            return {"organisation_id": body.pk}
        draft = ContactDraft(f"係 {next(numbers)}")
        contact = add_contact(organisation=body, draft=draft, by=self.region.operator.actor, at=clock.now())
        return {"contact_id": contact.pk}

    def job(self) -> Any:
        """A job that the village's officer started."""
        return start(prove, by=self.region.villager.actor, at=clock.now() - timedelta(minutes=1))

    def file(self) -> dict[str, Any]:
        """A file of the village's officer."""
        officer = self.region.villager
        row = attachments.attach(
            store.keep(ContentFile(b"x", name="a.txt")),
            kind="tests.door",
            subject=officer.user.pk,
            organisation=self.region.village.pk,
            by=officer.actor,
            at=clock.now(),
        )
        return {"attachment_id": row.id, "name": row.name}

    def mail(self, door: str) -> dict[str, Any]:
        """A mail to the village's officer, or its address at which nothing arrives."""
        user = self.region.villager.user
        number = queue(
            address="a@example.jp", purpose=Purpose.OTHER, subject="x", text="x", user_id=user.pk, at=clock.now()
        )
        if door != "mail:clear":
            return {"mail_id": number}
        address = f"x{next(numbers)}@example.jp"
        return {"trouble_id": AddressTrouble.objects.create(address=address, since=clock.now(), trouble="refused").pk}

    def easy_page(self) -> int:
        """The statement on accessibility in easy Japanese."""
        operator = self.region.operator.actor
        text = "みんなが使（つか）うページです。"
        return easy_japanese.write(path="/accessibility/", title="みんな", text=text, by=operator, at=clock.now())

    def of_an_account(self, door: str) -> dict[str, Any]:
        """What addresses about the village's officer need: the account, its role, a session, a token."""
        officer = self.region.villager.user
        match door:
            case "account_session_end":
                key = f"s{next(numbers)}"
                return {"session_id": UserSession.objects.create(user=officer, ip="127.0.0.1", session_key=key).pk}
            case "account_token_revoke":
                return {"token_id": officer.api_tokens.get().pk}
            case "user_role_end":
                return {"user_id": officer.pk, "role_id": officer.memberships.get().pk}
        return {"user_id": officer.pk}

    def decision(self, kind: str) -> dict[str, Any]:
        """A need as something to decide: asked about, recorded, or neither."""
        need = self.need("own" if kind in {"asked", "recorded"} else kind)
        if kind == "asked":
            decided.asked(self.region, need)
        if kind == "recorded":
            decided.recorded(self.region, need)
        decided.with_levels(self.region)
        return {"kind": "needs.need", "subject_id": need}

    def arguments(self, door: str, kind: str) -> dict[str, Any]:
        """What the address of a door needs."""
        for way in (self._of_the_region, self._of_decisions_and_proxies, self._of_work):
            if (told := way(door, kind)) is not None:
                return told
        return {"need_id": self.need(kind)} if kind else ARGUMENTS.get(door, {})

    def _of_the_region(self, door: str, kind: str) -> dict[str, Any] | None:
        if door.startswith("retention:") and kind:
            return keeping.arguments(self.region, door)
        if door == "personal:erase":
            return {"user_id": self.region.villager.user.pk}
        if door == "switches:switch":
            return {"module": "needs"}
        if door == "first_day:finish":
            return {"step": kind}
        if door.startswith("mergers:") and kind:
            return {"merger_id": moving.merger(self.region).pk}
        if door.startswith("transfers:") and kind:
            return moving.arguments(self.region, door, kind)
        if door == "entrances:edit":
            number = next(numbers)
            made = Entrance.objects.create(slug=f"e{number}", name="入口", host=f"e{number}.test", nature=Nature.INNER)
            return {"entrance_id": made.pk}
        return None

    def _of_decisions_and_proxies(self, door: str, kind: str) -> dict[str, Any] | None:
        if door == "decisions:steps":
            return {"organisation_id": (self.region.village if kind == "own" else self.region.town).pk}
        if door.startswith("decisions:") and kind:
            return self.decision(kind)
        if door.startswith("ledger:") and kind:
            return {"sequence": self.entry(kind)}
        if door.startswith("jobs:") and kind:
            return {"uuid": self.job()}
        if door in {"needs:report_route", "api:report_route"}:
            return self.route(kind)
        if door in {"needs:result", "api:record_result"}:
            return self.measure(kind)
        if door == "needs:public_version":
            return {"need_id": self.need(kind), "number": 1}
        if door == "threads:write":
            return {"kind": "needs.need", "subject_id": self.need(kind)}
        if door.startswith("threads:"):
            return self.post(kind)
        if door == "needs:proxy_edit":
            return {"need_id": self.need(kind)}
        if door.startswith("needs:proxy_"):
            body = {"organisation_id": self.region.village.pk}
            return {"need_id": self.need(kind), **body} if kind else body
        if door.startswith("proxy:") and kind:
            return {"entry_id": self.entered(kind)}
        if door.startswith("field_calendar:") and kind:
            return self.of_the_calendar(door, self.region.village if kind == "own" else self.region.town)
        if door in STATUTES and kind:
            return self.of_the_statutes(door, kind)
        if door.startswith("directory:") and kind:
            return self.of_the_directory(door, self.region.village if kind == "own" else self.region.town)
        return None

    def _of_work(self, door: str, kind: str) -> dict[str, Any] | None:
        if door in market.DOORS:
            return market.arguments(self.region, door, kind)
        if kind and (door.startswith("procurement:") or door in CASE_OPERATIONS):
            return cases.arguments(self.region, door, kind)
        if door.startswith("sheets:") and kind:
            row = sheet_back.returned(self.region)
            return {"batch": row.batch} if door == "sheets:batch" else {"returned_id": row.pk}
        if door.startswith("mail:") and kind:
            return self.mail(door)
        if door.startswith("easy_japanese:") and kind:
            return {"page_id": self.easy_page()}
        if door == "files:file":
            return self.file()
        if door.startswith(("user", "account_")) and kind:
            return self.of_an_account(door)
        if door == "lists:remove":
            by = self.region.villager.actor
            return {"saved_id": save_filter(listing="needs", name="窓口", query="q=x", by=by, at=clock.now())}
        if door == "notifications:follow":
            return {"notice_id": 1}
        return None

    def knocks(self, door: str, kind: str, roles: Iterable[Role]) -> dict[Role, str]:
        """What a door answers each role. All find the same thing behind it: what one did there is undone at once."""
        way = self._call if door in operations() else self._visit
        told = self._of_a_decision(kind) if door in DECIDING else self.arguments(door, kind)
        answers = {}
        for role in roles:
            before = transaction.savepoint()
            answers[role] = way(door, told, role)
            transaction.savepoint_rollback(before)
        return answers

    def _visit(self, door: str, told: dict[str, Any], role: Role) -> str:
        address = reverse(door, kwargs=told)
        client = self.browsers[role]
        client.raise_request_exception = False
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address)
        return said(answer.status_code, answer.headers.get("Location", ""))

    def _of_a_decision(self, kind: str) -> dict[str, Any]:
        """A need as REST names what is decided: in the query, or in the body."""
        return {"kind": "needs.need", "subject": self.need(kind), "number": f"8総第{next(numbers)}号"}

    def _call(self, door: str, told: dict[str, Any], role: Role) -> str:
        method, path = operations()[door]
        body = BODIES.get(door)
        if door == "api:get_decision":
            path = f"{path}?{urlencode(told)}"
        elif door == "api:record_decision":
            body = DECISION | told
        elif door == "api:merge_need":
            body = {"into_id": self.need("shared")}
        for name, value in told.items():
            path = re.sub(r"\{(int:)?" + name + r"\}", str(value), path)
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role in self.tokens else {}
        answer = Client(raise_request_exception=False, headers=self.headers).generic(
            method, path, json.dumps(body) if body else "", content_type="application/json", headers=headers
        )
        return said(answer.status_code, "")
