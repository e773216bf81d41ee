"""Prints CPU minima beside what is wanted of each: `python -m benchmarks procurement`."""

from __future__ import annotations

import gc
import io
import secrets
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django

from benchmarks.machine import versions
from benchmarks.procurement.region import BODIES, ITEMS, TOPICS, Big, build

LIBRARIES = ("django", "openpyxl", "xlsxwriter")


def main() -> None:
    """Build the case and measure."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    print(f"libraries: {versions(LIBRARIES)}", flush=True)
    big = build()
    print(f"{BODIES} bodies, {ITEMS} items, {TOPICS} requirements\n\n| what | CPU | wanted |\n| --- | ---: | ---: |")
    _pages(big)
    _sheets(big)
    _merging()


def _pages(big: Big) -> None:
    browser = big.region.coordinator.browser()
    for what, address, wanted, repeats in (
        ("survey's results", f"/procurement/{big.surveyed}/survey/", "30 ms", 20),
        ("difference table", f"/procurement/{big.aligned}/alignment/?view=all", "50 ms", 20),
        ("differences alone", f"/procurement/{big.aligned}/alignment/", "50 ms", 20),
        ("all answers, a page", f"/procurement/{big.surveyed}/survey/lines/", "", 20),
        ("all answers, XLSX", f"/procurement/{big.surveyed}/survey/lines/?format=xlsx", "1,000 ms", 5),
        ("all answers, CSV", f"/procurement/{big.surveyed}/survey/lines/?format=csv", "", 5),
    ):

        def fetch(address: str = address) -> None:
            answer = browser.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            if answer.streaming:
                b"".join(answer)

        _told(what, _least(fetch, repeats), wanted)


def _sheets(big: Big) -> None:
    from django.core.files.base import ContentFile

    from kyodo.core import clock
    from kyodo.core.sheets import actions, intake, rules, sending, writing
    from kyodo.modules.procurement.sheets import survey as sheets

    actor, number = big.region.coordinator.actor, rules.new_number(secrets.choice)
    rows: list[Any] = []
    book = b""

    def out() -> None:
        nonlocal rows, book
        rows = sheets.outgoing(actor, case_id=big.surveyed, organisation_id=None)
        book = writing.workbook(sheets.SHEET, rows, number=number, addressee="全団体", due_on=None, takes_new=False)

    _told("the survey's sheet out", _least(out, 3), "1,000 ms")
    actions.issue(
        name=sheets.SHEET.name,
        number=number,
        rows=rows,
        organisation=None,
        narrowed="",
        due_on=None,
        by=actor,
        at=clock.now(),
    )
    parcels = sheets.parcels(actor, case_id=big.surveyed, owing=False)
    spent = _least(lambda: sending.send_each(sheets.SHEET, parcels, by=actor, at=clock.now()), 1)
    _told(f"a sheet for each of {len(parcels)} bodies, ZIP", spent, "")
    filled = _filled(book)
    (handed,) = intake.keep_all([ContentFile(filled, name="返送.xlsx")])
    _told(
        "the sheet back, read and compared",
        _least(lambda: intake.take(handed, actor=actor, today=clock.today()), 3),
        "1,000 ms",
    )
    taken = intake.take(handed, actor=actor, today=clock.today())
    assert not taken.returned.faults, taken.returned.faults[:3]
    (key,) = actions.receive(taken=[taken], batch=uuid4(), by=actor, at=clock.now())
    spent = _least(lambda: actions.apply(returned_id=key, taken=set(), by=actor, at=clock.now()), 1)
    _told(f"the sheet applied ({len(taken.returned.changes)} lines)", spent, "1,000 ms")


def _filled(book: bytes) -> bytes:
    """The sheet with each tenth line given another reason."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(book))
    page = workbook.worksheets[0]
    heads = {str(page.cell(5, column).value).strip(): column for column in range(1, page.max_column + 1)}
    reason = next(column for head, column in heads.items() if "理由" in head)
    for row in range(6, page.max_row + 1, 10):
        if page.cell(row, 1).value:
            page.cell(row, reason).value = "議会の議決が要るため"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _merging() -> None:
    from benchmarks.similarity.labelled_lines import region
    from kyodo.modules.procurement.rules.merging import DemandLine, propose

    lines = [DemandLine(n, line.text, line.unit, is_item=False) for n, line in enumerate(region(BODIES, ITEMS))]
    propose(lines[:1], denied=())  # the tables and the dictionary are read once
    _told(f"{len(lines):,} lines proposed", _least(lambda: propose(lines, denied=()), 3), "3,000 ms")


def _least(do: Callable[[], Any], repeats: int) -> float:
    """The least CPU time of a few runs: what it costs where nothing else is in the way."""
    if repeats > 1:
        do()
    spent = []
    for _run in range(repeats):
        gc.collect()
        began = time.process_time()
        do()
        spent.append(time.process_time() - began)
    return min(spent)


def _told(what: str, seconds: float, wanted: str) -> None:
    print(f"| {what} | {seconds * 1000:,.1f} ms | {wanted} |", flush=True)


if __name__ == "__main__":
    main()
