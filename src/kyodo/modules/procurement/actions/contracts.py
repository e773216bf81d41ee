"""Keep the list of contracts: entered by hand, on a sheet, learnt from a survey, or from an award."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.audit.values import differing, recorded
from kyodo.core.faults import Fault
from kyodo.core.organisations.models import Organisation
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.racing import first_come
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.models import CurrentContract, SurveyLine, SurveyResponse
from kyodo.modules.procurement.queries.contracts import draft_of
from kyodo.modules.procurement.rules import contracts as rules
from kyodo.modules.procurement.rules.contracts import CONTRACT_KIND, DRAFT_NAMES, ContractDraft, ContractSource
from kyodo.modules.procurement.rules.kinds import kinds
from kyodo.modules.procurement.rules.survey import ContractState

BATCH = 500
TWICE = _("この品目の、期間の重なる契約がすでにあります。そちらを直してください。")


@action("procurement.contract_entered", _("{who}が契約 {subject} を台帳に加えました。"))
def enter_contract(*, organisation: Organisation, draft: ContractDraft, by: Actor, at: datetime) -> int:
    """Add a contract of a body; its number."""
    contract = add(organisation.pk, draft, source=ContractSource.ENTERED, at=at)
    _sign(contract, organisation.name, changed={name: (None, value) for name, value in recorded(draft).items()})
    return contract.pk


@action("procurement.contract_edited", _("{who}が契約 {subject} を直しました。"))
def edit_contract(*, contract: CurrentContract, draft: ContractDraft, revision: int, by: Actor, at: datetime) -> None:
    """Mend a contract, if nobody did since `revision` was read."""
    before = recorded(draft_of(contract))
    if contract.revision != revision:
        raise CaseChanged
    mend(contract, draft, source=ContractSource.ENTERED, at=at)
    _sign(contract, contract.organisation.name, changed=differing(before, recorded(draft)))


@action("procurement.contract_withdrawn", _("{who}が契約 {subject} を台帳から外しました。"))
def withdraw_contract(*, contract: CurrentContract, by: Actor, at: datetime) -> None:
    """Take a contract out of the list; the record keeps what it said."""
    if not CurrentContract.objects.filter(pk=contract.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise CaseChanged
    before = recorded(draft_of(contract))
    _sign(contract, contract.organisation.name, changed={name: (value, None) for name, value in before.items()})


@action("procurement.contract_noted", _("{who}が落札の結果から契約 {subject} を台帳に加えました。"))
def note_contract(
    *, organisation: Organisation, draft: ContractDraft, case_id: int | None, by: Actor, at: datetime
) -> int:
    """What an award came to: the contract of that item that begins or ends with it is mended, else it is a new one."""
    same = _standing(organisation.pk, draft.kind, draft.item).filter(ends_on=draft.ends_on).first()
    before: dict[str, Any] = {}
    if same is None:
        _ask(draft, at=at)
        same = _create(organisation.pk, draft, source=ContractSource.AWARD, case_id=case_id, at=at)
    else:
        before = recorded(draft_of(same))
        _ask(draft, at=at)
        _update(same, draft, source=ContractSource.AWARD, case_id=case_id, at=at)
    _sign(same, organisation.name, changed=differing(before, recorded(draft)))
    return same.pk


def note_from_survey(response: SurveyResponse, lines: Iterable[SurveyLine], at: datetime) -> None:
    """Learn from what a body just answered, inside the action that keeps the answers.

    A contract of the same body and item is mended, and only in what this answer says newly: what the body put right by
    hand since its last answer stays, and so does what a later case's survey said.
    """
    note_from_answers([(response, lines)], at)


def note_from_answers(answers: Iterable[tuple[SurveyResponse, Iterable[SurveyLine]]], at: datetime) -> None:
    """The same of many bodies at once, as a sheet brings them."""
    running = [(response, line) for response, lines in answers for line in lines if _runs(line)]
    if not running:
        return
    bodies = {response.organisation_id for response, _line in running}
    standing: dict[tuple[int, str, str], list[CurrentContract]] = defaultdict(list)
    # Locked, so that nobody mends a contract while it is learnt from: the ledger is no reason to refuse an answer.
    known = CurrentContract.objects.select_for_update().filter(organisation_id__in=bodies, withdrawn_at=None)
    for contract in known.order_by("id"):
        standing[contract.organisation_id, contract.kind, contract.item_key].append(contract)
    new: list[CurrentContract] = []
    told: list[CurrentContract] = []
    for response, line in running:
        case, until = response.survey.case, line.contract_until or date.max
        item = line.item
        name = line.text or (item.name if item else "")
        said = rules.told(
            until,
            supplier=line.supplier,
            unit_price_yen=line.unit_price_yen,
            quantity=line.quantity,
            unit=line.unit or (item.unit if item and not line.text else ""),
            form=line.form,
        )
        beside = standing[response.organisation_id, case.kind, rules.key_of(name)]
        found = _meant(beside, until, told)
        if found is None:
            draft, source = _with(ContractDraft(kind=case.kind, item=name, ends_on=until), said), ContractSource.SURVEY
            found = _made(response.organisation_id, draft, source=source, case_id=case.pk, at=at, surveyed=said)
            beside.append(found)
            new.append(found)
        elif found.case_id is None or found.case_id <= case.pk:
            _learn(found, said, case_id=case.pk, at=at)
        told.append(found)
    with first_come():
        CurrentContract.objects.bulk_create(new, batch_size=BATCH)


def _meant(beside: Sequence[CurrentContract], until: date, told: Sequence[CurrentContract]) -> CurrentContract | None:
    """Which of a body's contracts for an item an answer means: the one that ends on its day, or was said to.

    Else the day moved of the one that ends last, unless the same answer has told of that already: then it is new.
    """
    by_day = [one for one in beside if one.ends_on == until]
    by_day += [one for one in beside if one.surveyed.get("ends_on") == until.isoformat()]
    if by_day:
        return by_day[0]
    rest = [one for one in beside if not any(one is other for other in told)]
    return max(rest, key=lambda one: one.ends_on, default=None)


def _runs(line: SurveyLine) -> bool:
    return line.contract == ContractState.RUNNING and line.contract_until is not None


def add(organisation_id: int, draft: ContractDraft, *, source: ContractSource, at: datetime) -> CurrentContract:
    """A new contract, unless one for the item runs at the same time. Inside an action."""
    _ask(draft, at=at)
    _no_overlap(organisation_id, draft)
    return _create(organisation_id, draft, source=source, case_id=None, at=at)


def mend(contract: CurrentContract, draft: ContractDraft, *, source: ContractSource, at: datetime) -> None:
    """A contract as it is from now on. Inside an action."""
    _ask(draft, at=at)
    _no_overlap(contract.organisation_id, draft, but=contract.pk)
    _update(contract, draft, source=source, case_id=contract.case_id, at=at)


def _learn(contract: CurrentContract, said: rules.Told, *, case_id: int, at: datetime) -> None:
    new = rules.news(contract.surveyed, said)
    if not new:
        return
    draft = _with(draft_of(contract), new)
    if draft.begins_on is not None and draft.begins_on > draft.ends_on:
        draft = replace(draft, begins_on=None)
    contract.surveyed = {**contract.surveyed, **said}
    if contract.pk is not None:
        _update(contract, draft, source=ContractSource.SURVEY, case_id=case_id, at=at)
    for name in DRAFT_NAMES:
        setattr(contract, name, getattr(draft, name))


def _with(draft: ContractDraft, said: rules.Told) -> ContractDraft:
    values: dict[str, Any] = dict(said)
    if "ends_on" in values:
        values["ends_on"] = date.fromisoformat(str(values["ends_on"]))
    return replace(draft, **values)


def _standing(organisation_id: int, kind: str, item: str) -> QuerySet[CurrentContract]:
    key = rules.key_of(item)
    return CurrentContract.objects.filter(
        organisation_id=organisation_id, kind=kind, item_key=key, withdrawn_at=None
    ).select_related("organisation")


def _ask(draft: ContractDraft, *, at: datetime) -> None:
    faults = rules.faults_of_contract(draft, kinds=frozenset(kinds()), today=clock.day_of(at))
    if faults:
        raise CaseRefused(faults)


def _no_overlap(organisation_id: int, draft: ContractDraft, *, but: int = 0) -> None:
    others = _standing(organisation_id, draft.kind, draft.item).exclude(pk=but).values_list("begins_on", "ends_on")
    if any(rules.overlaps(draft, begins_on, ends_on) for begins_on, ends_on in others):
        raise CaseRefused([Fault("item", TWICE)])


def _made(
    organisation_id: int,
    draft: ContractDraft,
    *,
    source: ContractSource,
    case_id: int | None,
    at: datetime,
    surveyed: rules.Told,
) -> CurrentContract:
    return CurrentContract(
        organisation_id=organisation_id,
        item_key=rules.key_of(draft.item),
        source=source,
        case_id=case_id,
        written_at=at,
        surveyed=surveyed,
        **{name: getattr(draft, name) for name in DRAFT_NAMES},
    )


def _create(
    organisation_id: int,
    draft: ContractDraft,
    *,
    source: ContractSource,
    case_id: int | None,
    at: datetime,
) -> CurrentContract:
    made = _made(organisation_id, draft, source=source, case_id=case_id, at=at, surveyed={})
    with _once():
        made.save(force_insert=True)
    return made


def _update(
    contract: CurrentContract, draft: ContractDraft, *, source: ContractSource, case_id: int | None, at: datetime
) -> None:
    same = CurrentContract.objects.filter(pk=contract.pk, revision=contract.revision, withdrawn_at=None)
    with _once():
        done = same.update(
            **asdict(draft),
            item_key=rules.key_of(draft.item),
            source=source,
            case_id=case_id,
            surveyed=contract.surveyed,
            written_at=at,
            revision=F("revision") + 1,
        )
    if not done:
        raise CaseChanged
    contract.revision += 1
    contract.case_id = case_id


@contextmanager
def _once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as twice:
        raise CaseRefused([Fault("item", TWICE)]) from twice


def _sign(contract: CurrentContract, body: str, *, changed: dict[str, tuple[Any, Any]]) -> None:
    record(
        kind=CONTRACT_KIND,
        subject=contract.pk,
        label=f"{body} {contract.item}",
        organisation=contract.organisation_id,
        changed=changed,
    )
