"""What is asked for, about and beside is written in tables; whatever is wrong in one is told at once, by its line."""

from __future__ import annotations

from typing import Any

import pytest

from kyodo.core.ui.lines import Lines
from kyodo.modules.procurement.forms.alignment import topic_lines
from kyodo.modules.procurement.forms.case import item_lines
from kyodo.modules.procurement.forms.survey import question_lines
from kyodo.modules.procurement.models import CaseItem
from kyodo.modules.procurement.queries.alignment import topics_of
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rules.case import CaseState, ContractForm
from tests.cases import a_case
from tests.region import Region

pytestmark = pytest.mark.django_db


def handed_in(lines: Lines, case: Any) -> dict[str, Any]:
    """What a browser sends of a page that nobody touched."""
    sent: dict[str, Any] = {"revision": case.revision}
    for form in (lines.management_form, *lines.forms):
        for field in form:
            value = field.value()
            sent[field.html_name] = "" if value is None else str(value)
    return sent


def seen(answer: Any) -> str:
    return str(answer.content.decode())


def test_each_faulty_line_of_the_items_is_named_with_a_link_to_its_field(region: Region):
    case = a_case(region)
    sent = handed_in(item_lines(items_of(case.pk), form=ContractForm.SERVICE), case)
    sent |= {"items-0-unit": "", "items-1-name": "あ" * 101, "items-1-note": "い" * 999}
    answer = region.coordinator.browser().post(f"/procurement/{case.pk}/items/", sent)
    assert answer.status_code == 422
    page = seen(answer)
    assert '<a href="#id_items-0-unit">1行目 単位: ' in page
    assert '<a href="#id_items-1-name">2行目 品目: ' in page
    assert '<a href="#id_items-1-note">2行目 補足: ' in page
    assert "あ" * 101 in page, "what was typed is still there"
    assert "次の段階" not in page


def test_a_blank_line_between_does_not_shift_what_is_told(region: Region):
    case = a_case(region)
    sent = handed_in(item_lines(items_of(case.pk), form=ContractForm.SERVICE), case)
    sent |= {"items-0-name": "", "items-1-unit": ""}
    page = seen(region.coordinator.browser().post(f"/procurement/{case.pk}/items/", sent))
    assert "2行目 単位: " in page
    assert "1行目" not in page


def test_what_is_wrong_with_the_table_as_a_whole_is_told_beside_the_lines(region: Region):
    case = a_case(region)
    items = items_of(case.pk)
    sent = handed_in(item_lines(items, form=ContractForm.SERVICE), case)
    sent |= {"items-1-name": items[0].name, "items-2-form": "gift"}
    page = seen(region.coordinator.browser().post(f"/procurement/{case.pk}/items/", sent))
    assert "3行目 形態: " in page
    sent |= {"items-2-form": "service"}
    assert "同じ品目が2回あります。" in seen(region.coordinator.browser().post(f"/procurement/{case.pk}/items/", sent))


def test_a_table_in_order_is_written_and_its_blank_lines_are_none(region: Region):
    case = a_case(region)
    sent = handed_in(item_lines(items_of(case.pk), form=ContractForm.SERVICE), case)
    count = CaseItem.objects.filter(case=case, withdrawn_at=None).count()
    sent |= {"items-0-name": ""}
    assert region.coordinator.browser().post(f"/procurement/{case.pk}/items/", sent).status_code == 302
    assert CaseItem.objects.filter(case=case, withdrawn_at=None).count() == count - 1


@pytest.mark.parametrize("revision", ["", "０", "-1", "x", "9" * 30])
def test_a_revision_that_is_none_is_refused_and_breaks_nothing(region: Region, revision: str):
    case = a_case(region)
    sent = handed_in(item_lines(items_of(case.pk), form=ContractForm.SERVICE), case) | {"revision": revision}
    assert region.coordinator.browser().post(f"/procurement/{case.pk}/items/", sent).status_code == 422


def test_faulty_requirements_and_questions_are_named_by_their_line_too(region: Region):
    case = a_case(region, state=CaseState.ALIGNMENT)
    sent = handed_in(topic_lines(topics_of(case.pk)), case) | {"topics-1-group": "あ" * 200}
    page = seen(region.coordinator.browser().post(f"/procurement/{case.pk}/alignment/topics/", sent))
    assert '<a href="#id_topics-1-group">2行目 分類: ' in page

    case = a_case(region, state=CaseState.SURVEY)
    sent = handed_in(question_lines(()), case)
    sent |= {"questions-0-text": "色は何色ですか", "questions-0-kind": "choice", "questions-0-options": "赤"}
    page = seen(region.coordinator.browser().post(f"/procurement/{case.pk}/survey/questions/", sent))
    assert "1行目 なぜ聞くか: " in page
    assert "1行目 選択肢（1行に1つ）: " in page
