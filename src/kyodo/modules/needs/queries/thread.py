"""A need as something that people write about (core/threads)."""

from __future__ import annotations

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Reach
from kyodo.core.threads.permissions import Permission as ThreadPermission
from kyodo.core.threads.subjects import Subject
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.queries.needs import visible_to
from kyodo.modules.needs.queries.people import coordinators, followers, members
from kyodo.modules.needs.rules import KIND, SHARED, Audience, address_of, label_of


def thread_subject(actor: Actor, need_id: int) -> Subject | None:
    """The need as the actor may write about it; None where it isn't there for them."""
    if not actor.may(Permission.READ):
        return None
    found = visible_to(actor).filter(pk=need_id)
    told = found.values_list("title", "organisation_id", "audience", "merged_into_id").first()
    return subject_of(actor, need_id, *told) if told else None


def heard_by(actor: Actor, needs: set[int], is_internal: bool) -> set[int]:
    """Those of `needs` of which the actor may hear: what they see, and of notes only who coordinates."""
    if not actor.may(ThreadPermission.NOTES if is_internal else Permission.READ):
        return set()
    return set(visible_to(actor).filter(pk__in=needs).values_list("id", flat=True))


def subject_of(
    actor: Actor, need_id: int, title: str, organisation_id: int, audience: str, merged_into_id: int | None
) -> Subject:
    """The same, of what is known already."""
    sees_all = actor.reach(Permission.READ) is Reach.REGION
    is_own = organisation_id == actor.organisation_id
    is_anonymous = audience == Audience.ANONYMOUS

    def hearing(is_internal: bool) -> set[int]:
        people = followers(need_id)
        return people & set(coordinators()) if is_internal else people

    def called(organisations: set[int]) -> set[int]:
        return members(organisations if audience in SHARED else organisations & {organisation_id})

    return Subject(
        kind=KIND,
        id=need_id,
        label=label_of(need_id, title),
        organisation_id=organisation_id,
        address=address_of(need_id),
        may_write=actor.may(ThreadPermission.WRITE) and actor.organisation_id is not None and merged_into_id is None,
        sees_notes=actor.may(ThreadPermission.NOTES),
        followers=hearing,
        members=called,
        unnamed=organisation_id if is_anonymous and not sees_all and not is_own else None,
        is_unnamed=is_anonymous and is_own,
    )
