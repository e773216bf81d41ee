"""A case as something that people write about (core/threads)."""

from __future__ import annotations

from dataclasses import replace

from kyodo.core.access.actor import Actor
from kyodo.core.threads.permissions import Permission as ThreadPermission
from kyodo.core.threads.subjects import Subject
from kyodo.modules.procurement.models import CaseMember, RequirementTopic
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import alignment
from kyodo.modules.procurement.queries.cases import visible_to
from kyodo.modules.procurement.queries.people import concerned, coordinators, heard_by, people_of
from kyodo.modules.procurement.rules.alignment import TOPIC_KIND
from kyodo.modules.procurement.rules.case import KIND, address_of, label_of


def topic_subject(actor: Actor, topic_id: int) -> Subject | None:
    """A requirement as something to write about: by and for those who see the alignment of its case."""
    found = RequirementTopic.objects.filter(pk=topic_id, withdrawn_at=None).values_list("case_id", "name").first()
    if found is None or not alignment.seen_by(actor, found[0]):
        return None
    case_id, name = found
    whole = thread_subject(actor, case_id)
    if whole is None:
        return None
    address = f"{address_of(case_id)}alignment/{topic_id}/"
    return replace(whole, kind=TOPIC_KIND, id=topic_id, label=f"{whole.label} {name}", address=address)


def topics_heard_by(actor: Actor, topics: set[int], is_internal: bool) -> set[int]:
    """Those of `topics` of which the actor may hear."""
    cases = dict(RequirementTopic.objects.filter(pk__in=topics).values_list("pk", "case_id"))
    heard = heard_by(actor, set(cases.values()), is_internal)
    return {topic for topic, case in cases.items() if case in heard and alignment.seen_by(actor, case)}


def thread_subject(actor: Actor, case_id: int) -> Subject | None:
    """The case as the actor may write about it; None where it isn't there for them."""
    if not actor.may(Permission.READ):
        return None
    found = visible_to(actor).filter(pk=case_id).values_list("title", "organisation_id").first()
    if found is None:
        return None
    title, organisation_id = found

    def hearing(is_internal: bool) -> set[int]:
        return set(coordinators()) if is_internal else concerned(case_id)

    def called(organisations: set[int]) -> set[int]:
        inside = CaseMember.objects.filter(case_id=case_id, organisation_id__in=organisations, left_at=None)
        return people_of(inside.values_list("organisation_id", flat=True))

    return Subject(
        kind=KIND,
        id=case_id,
        label=label_of(case_id, title),
        organisation_id=organisation_id,
        address=address_of(case_id),
        may_write=actor.may(ThreadPermission.WRITE) and actor.organisation_id is not None,
        sees_notes=actor.may(ThreadPermission.NOTES),
        followers=hearing,
        members=called,
    )
