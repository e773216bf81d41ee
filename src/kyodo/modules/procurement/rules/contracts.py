"""契約台帳: what a body has under contract now, what may be said of it, and what a survey may change of it. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_text
from kyodo.engines.words import _
from kyodo.modules.procurement.rules.case import FORM_WORDS

CONTRACT_KIND = "procurement.contract"
ITEM_LENGTH = (2, 100)
KEY_LENGTH = 200
SUPPLIER_LENGTH = 120
UNIT_LENGTH = 10
NOTE_LENGTH = 300
MOST = 10_000_000_000
FARTHEST_YEARS = 30
SOON_DAYS = 366  # a contract that ends within a year is worth a word: budgets are asked for that early


class ContractSource(StrEnum):
    """Where a contract is known from."""

    SURVEY = "survey"
    ENTERED = "entered"
    SHEET = "sheet"
    AWARD = "award"


SOURCE_WORDS: dict[ContractSource, str] = {
    ContractSource.SURVEY: _("意向調査"),
    ContractSource.ENTERED: _("手入力"),
    ContractSource.SHEET: _("様式"),
    ContractSource.AWARD: _("落札の結果"),
}


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """A contract as it is handed in; figures are with tax. `renews_alone`: the body goes on by itself afterwards."""

    kind: str
    item: str
    ends_on: date
    begins_on: date | None = None
    supplier: str = ""
    yearly_yen: int | None = None
    unit_price_yen: int | None = None
    quantity: int | None = None
    unit: str = ""
    form: str = ""
    note: str = ""
    renews_alone: bool = False


DRAFT_NAMES = tuple(one.name for one in fields(ContractDraft))
FIGURES = ("yearly_yen", "unit_price_yen", "quantity")


def key_of(item: str) -> str:
    """A name by which the same item is found again however it was typed.

    >>> key_of("ノートＰＣ（14型）") == key_of("ﾉｰﾄPC (14型)")
    True
    """
    key = re.sub(r"\s+", "", unicodedata.normalize("NFKC", item)).casefold()
    # One sign can become eighteen; such a name is found again by its digest.
    return key if len(key) <= KEY_LENGTH else hashlib.sha256(key.encode()).hexdigest()


def faults_of_contract(draft: ContractDraft, *, kinds: frozenset[str], today: date) -> list[Fault]:
    """Everything that is wrong with a contract, at once."""
    found = [
        *fault_of_text("item", draft.item, ITEM_LENGTH, one_line=True),
        *fault_of_text("supplier", draft.supplier, (0, SUPPLIER_LENGTH), one_line=True),
        *fault_of_text("unit", draft.unit, (0, UNIT_LENGTH), one_line=True),
        *fault_of_text("note", draft.note, (0, NOTE_LENGTH)),
    ]
    if draft.kind not in kinds:
        found.append(Fault("kind", _("種類を選んでください。")))
    if draft.form and draft.form not in set(FORM_WORDS):
        found.append(Fault("form", _("選択肢から選んでください。")))
    if abs(draft.ends_on.year - today.year) > FARTHEST_YEARS:
        found.append(Fault("ends_on", _("年を確かめてください。")))
    if draft.begins_on is not None and draft.begins_on > draft.ends_on:
        found.append(Fault("ends_on", _("終わりの日が、始まりの日より前です。")))
    for name in FIGURES:
        value = getattr(draft, name)
        if value is not None and not 0 <= value <= MOST:
            found.append(Fault(name, _("0以上で、現実の範囲の数を入力してください。")))
    return found


def overlaps(draft: ContractDraft, begins_on: date | None, ends_on: date) -> bool:
    """True where another contract for the same item runs at the same time: the one that is there is to be mended."""
    starts = draft.begins_on or date.min
    return starts <= ends_on and (begins_on or date.min) <= draft.ends_on


# What a survey knows of a contract, as the last answer said it: kept beside the contract, as JSON values.
Told = dict[str, str | int | None]


def told(
    ends_on: date, *, supplier: str, unit_price_yen: int | None, quantity: int | None, unit: str, form: str
) -> Told:
    """What an answer says of a contract; what it leaves open is not in it."""
    said: Told = {
        "ends_on": ends_on.isoformat(),
        "supplier": supplier,
        "unit_price_yen": unit_price_yen,
        "quantity": quantity,
        "unit": unit if quantity is not None else "",
        "form": form,
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def news(before: Told, now: Told) -> Told:
    """What an answer says that the one before did not say: only that is written, so that what was mended stays."""
    return {name: value for name, value in now.items() if before.get(name) != value}
