"""What a page gets from each component."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.utils import translation

from kyodo.core.ui import parts, widgets
from kyodo.core.ui.tests.pages import rendered


class NeedForm(forms.Form):
    title = forms.CharField(label="件名", max_length=60, help_text="困っていることを一文で書きます。")
    story = forms.CharField(label="困っていること", widget=forms.Textarea, max_length=2000)
    audience = forms.ChoiceField(
        label="見せる相手", choices=[("a", "調整担当のみ"), ("b", "公開")], widget=forms.RadioSelect
    )
    due = forms.DateField(label="いつまでに", widget=widgets.DateInput, required=False)
    agreed = forms.BooleanField(label="記録が開示されることがあると知っています")


@pytest.fixture(autouse=True)
def japanese():
    with translation.override("ja"):
        yield


def test_an_error_summary_links_to_each_field_and_takes_the_focus():
    html = rendered('<c-error-summary :form="form" />', form=NeedForm({}))
    assert 'tabindex="-1" autofocus' in html
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 4
    page = rendered('{% for field in form %}<c-field :field="field" />{% endfor %}', form=NeedForm({}))
    for target in targets:
        assert f'id="{target}"' in page


def test_an_error_in_a_group_leads_to_its_first_choice():
    assert 'href="#id_audience_0"' in rendered('<c-error-summary :form="form" />', form=NeedForm({}))


def test_a_form_without_errors_has_no_summary():
    assert "summary-of-errors" not in rendered('<c-error-summary :form="form" />', form=NeedForm())


def test_a_field_tells_its_help_and_its_error_to_a_screen_reader():
    html = rendered('<c-field :field="form.title" />', form=NeedForm({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html


def test_a_required_field_says_so_in_words():
    assert "必須" in rendered('<c-field :field="form.title" />', form=NeedForm())
    assert "必須" not in rendered('<c-field :field="form.due" />', form=NeedForm())
    assert "任意" in rendered('<c-field :field="form.due" optional />', form=NeedForm())


def test_choices_are_a_group_with_a_legend():
    html = rendered('<c-field :field="form.audience" />', form=NeedForm({}))
    assert html.count("<legend>") == 1
    assert 'aria-describedby="id_audience_error"' in html


def test_a_long_answer_tells_how_much_may_be_written():
    assert "2000字まで" in rendered('<c-field :field="form.story" />', form=NeedForm())


def test_a_date_is_asked_for_with_the_browsers_own_picker():
    assert 'type="date"' in rendered('<c-field :field="form.due" />', form=NeedForm())


def test_a_form_brings_token_summary_fields_and_button():
    html = rendered('<c-form :form="form" submit="送る" minutes="2" cancel="/needs/" />', form=NeedForm({}))
    assert "csrfmiddlewaretoken" in html
    assert html.index("summary-of-errors") < html.index("id_title")
    assert "送る（2分）" in html


def test_the_turn_says_whose_it_is_and_how_long_it_takes():
    html = rendered('<c-turn who="檜原村" href="/answer/" label="回答する" minutes="5">差異3件</c-turn>')
    assert re.sub("<[^>]+>", "", html).split() == ["檜原村さんの番です。", "差異3件", "回答する（5分）"]
    with translation.override("en"):
        html = rendered('<c-turn who="檜原村" href="/answer/" label="Answer" minutes="5">3 differences</c-turn>')
    assert 'It is <span lang="ja">檜原村</span>’s turn.' in html
    assert "Answer (5 min)" in html


def test_steps_mark_the_present_one():
    steps = [
        parts.Step("受付", parts.StepState.DONE, "10月14日"),
        parts.Step("対応中", parts.StepState.NOW),
        parts.Step("効果", parts.StepState.NEXT),
    ]
    html = rendered('<c-steps :steps="steps" />', steps=steps)
    assert html.count('aria-current="step"') == 1
    assert "（済み）" in html


def test_a_capped_list_says_at_least_and_knows_no_last_page():
    pager = parts.Pager(count=10_000, number=3, is_capped=True, previous_url="?page=2", next_url="?page=4")
    html = rendered('<c-pager :pager="pager" />', pager=pager)
    assert "10,000件以上" in html
    assert "3ページ目" in html
    assert "ページのうち" not in html


def test_a_short_list_has_a_count_and_no_links():
    html = rendered('<c-pager :pager="pager" />', pager=parts.Pager(count=3, number=1, pages=1))
    assert "3件" in html
    assert "<a" not in html


def test_sorting_keeps_the_filter_and_turns_round_on_the_second_press():
    first = rendered('<c-sort-header key="due" label="期限" />', path="/needs/?state=open&page=3", current="")
    assert 'href="?state=open&amp;sort=due"' in first
    assert "aria-sort" not in first
    second = rendered('<c-sort-header key="due" label="期限" current="due" />', path="/needs/?sort=due")
    assert 'aria-sort="ascending"' in second
    assert 'href="?sort=-due"' in second


def test_what_people_wrote_is_escaped_and_marked_as_japanese():
    entry = parts.Entry(who="<b>檜原村</b>", when="10月15日", what="一行目\n<script>x</script>", at="2026-10-15")
    html = rendered('<c-timeline :entries="entries" />', entries=[entry])
    assert "<script>" not in html
    assert "&lt;b&gt;檜原村" in html
    assert html.count('lang="ja"') == 2
    assert '<time datetime="2026-10-15">' in html


def test_a_component_does_not_take_its_attributes_from_the_page():
    html = rendered("<c-card>本文</c-card><c-button>送る</c-button>", title="ページの題", tone="danger", label="余所")
    assert "ページの題" not in html
    assert "danger" not in html
    assert "余所" not in html


def test_an_empty_list_has_one_sentence_and_one_button():
    html = rendered('<c-empty text="まだ相談がありません。" href="/needs/new/" label="相談を書く" />')
    assert html.count("<p>") == 2
    assert html.count("<a ") == 1


def test_progress_can_be_followed_without_a_script():
    html = rendered('<c-progress label="取り込み" done="3" total="62" url="/job/1/" />')
    assert 'max="62" value="3"' in html
    assert 'href=""' in html
    assert "hx-get" in html
