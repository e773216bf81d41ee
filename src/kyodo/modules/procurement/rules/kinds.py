"""Templates for kinds of joint procurement, from `kinds.toml`: what is usually asked for, and how it is taken."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kyodo.engines.words import _
from kyodo.modules.procurement.rules.case import ContractForm, ItemDraft

KIND_WORDS: dict[str, str] = {
    "terminals": _("端末"),
    "licences": _("ライセンス"),
    "cloud": _("クラウドサービス"),
    "printing": _("印刷・用紙"),
    "audit": _("セキュリティ監査"),
    "electricity": _("電力"),
    "other": _("その他"),
}


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A template: items to begin with, requirements (group, name, default), form, months, usual method."""

    code: str
    form: ContractForm
    months: int
    method: str
    items: tuple[ItemDraft, ...]
    requirements: tuple[tuple[str, str, str], ...]


@cache
def kinds() -> dict[str, CaseKind]:
    """All templates by code."""
    told = tomllib.loads((Path(__file__).parents[1] / "kinds.toml").read_text(encoding="utf-8"))
    return {one["code"]: _read(one) for one in told["kind"]}


def _read(one: dict[str, object]) -> CaseKind:
    form = ContractForm(str(one["form"]))
    items, requirements = one["items"], one["requirements"]
    assert isinstance(items, list), "kinds.toml is ours"
    assert isinstance(requirements, list), "kinds.toml is ours"
    return CaseKind(
        code=str(one["code"]),
        form=form,
        months=int(str(one["months"])),
        method=str(one["method"]),
        items=tuple(ItemDraft(name, unit, form) for name, unit in items),
        requirements=tuple((group, name, text) for group, name, text in requirements),
    )
