"""What was promised and what was measured: the same figure before, as hoped for, and as it turned out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kyodo.core.faults import Fault, fault_of_day, fault_of_text
from kyodo.engines.words import _
from kyodo.modules.needs.rules.need import MOST

MEASURE_TEXT_LENGTH = (2, 200)
UNIT_LENGTH = (1, 20)
METHOD_LENGTH = (5, 500)
EVIDENCE_LENGTH = (5, 1000)


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """A promise: what is counted and how, where it stands, where it shall stand, when that is looked at."""

    label: str
    unit: str
    baseline: Decimal
    promised: Decimal
    method: str
    measure_on: date


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """What was measured, on which day, with what evidence; hours and yen a year where they are known."""

    measured: Decimal
    measured_on: date
    evidence: str
    hours_saved_per_year: int | None = None
    yen_saved_per_year: int | None = None


def faults_of_measure(draft: MeasureDraft, *, today: date) -> list[Fault]:
    """Everything that is wrong with a promise, at once."""
    return [
        *fault_of_text("label", draft.label, MEASURE_TEXT_LENGTH, one_line=True),
        *fault_of_text("unit", draft.unit, UNIT_LENGTH, one_line=True),
        *_fault_of_number("baseline", draft.baseline),
        *_fault_of_number("promised", draft.promised),
        *([Fault("promised", _("いまの値と同じです。目標の値を入力してください。"))] if _same(draft) else []),
        *fault_of_text("method", draft.method, METHOD_LENGTH),
        *fault_of_day("measure_on", draft.measure_on, today=today),
    ]


def faults_of_result(draft: ResultDraft, *, today: date) -> list[Fault]:
    """Everything that is wrong with a result, at once."""
    found = [*_fault_of_number("measured", draft.measured), *fault_of_text("evidence", draft.evidence, EVIDENCE_LENGTH)]
    if draft.measured_on > today:
        found.append(Fault("measured_on", _("まだ来ていない日は選べません。測った日を選んでください。")))
    for field in ("hours_saved_per_year", "yen_saved_per_year"):
        saved = getattr(draft, field)
        if saved is not None and abs(saved) > MOST:
            found.append(Fault(field, _("現実の範囲の数を入力してください。")))
    return found


def change_in_percent(before: Decimal, after: Decimal) -> int | None:
    """By how many percent a figure changed, rounded half away from zero; None from nothing."""
    if not before:
        return None
    change = (after - before) * 100 / abs(before)
    return int(change.quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def _same(draft: MeasureDraft) -> bool:
    return draft.baseline == draft.promised


def _fault_of_number(field: str, number: Decimal) -> list[Fault]:
    if 0 <= number <= MOST:
        return []
    return [Fault(field, _("0以上で、現実の範囲の数を入力してください。"))]
