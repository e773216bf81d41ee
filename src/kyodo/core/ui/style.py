"""Samples for the style page: each component in each of its states, with invented words and figures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kyodo.core.ui import parts, widgets


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("件名"), max_length=60, help_text=_("困っていることを、一文で。例：体育館の予約が二重になる")
    )
    story = forms.CharField(label=_("困っていること"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    kind = forms.ChoiceField(
        label=_("分野"), required=False, choices=[("", "—"), ("a", _("施設予約")), ("b", _("窓口"))]
    )
    audience = forms.ChoiceField(
        label=_("見せる相手"),
        help_text=_("あとから広げられます。賛同が付くと狭められません。"),
        choices=[("a", _("調整担当のみ")), ("b", _("団体名を伏せて全団体")), ("c", _("公開"))],
        widget=forms.RadioSelect,
    )
    wishes = forms.MultipleChoiceField(
        label=_("希望する進め方"),
        required=False,
        choices=[("a", _("人に相談したい")), ("b", _("一緒に買いたい"))],
        widget=forms.CheckboxSelectMultiple,
    )
    due = forms.DateField(label=_("いつまでに"), required=False, widget=widgets.DateInput)
    calls = forms.IntegerField(label=_("年間の電話の数"), widget=widgets.WholeNumberInput)
    agreed = forms.BooleanField(label=_("記録は、請求があれば開示されることがあると知っています"))


def samples() -> dict[str, Any]:
    """All that the style page shows."""
    done, now, later = parts.StepState.DONE, parts.StepState.NOW, parts.StepState.NEXT
    return {
        "crumbs": [parts.Link(_("最初の画面"), "/"), parts.Link(_("見本帳"))],
        "steps": [
            parts.Step(_("受付"), done, _("10月14日")),
            parts.Step(_("確認"), done, _("10月16日")),
            parts.Step(_("対応中"), now, _("共同調達へ")),
            parts.Step(_("実施"), later, _("令和9年4月（予定）")),
            parts.Step(_("効果"), later, _("約束：電話 −70%")),
        ],
        "facts": [
            parts.Fact(_("約束した効果"), _("空き確認の電話を70%減らす（年450件→135件）")),
            parts.Fact(_("測り方"), _("月次の受電記録、同月比")),
            parts.Fact(_("団体"), "檜原村 総務課", lang="ja"),
            parts.Fact(_("監査記録"), _("31件、連鎖は正常"), url="#facts"),
        ],
        "entries": [
            parts.Entry(
                "日の出町 企画財政課",
                _("10月15日"),
                "うちも同じです。会議室12室、年1,400件。\n鍵の受け渡しも一緒に考えたいです。",
                at="2026-10-15",
            ),
            parts.Entry(
                "調整担当",
                _("10月16日"),
                "似た相談2件と統合しました。8団体分の意向調査を作ります。",
                at="2026-10-16",
                tag=_("関係者のみ"),
            ),
        ],
        "rows": [
            ("檜原村", _("体育館2・会議室5"), _("令和9年4月"), 900),
            ("日の出町", _("会議室12"), _("令和9年4月"), 1400),
            ("奥多摩町", _("体育館1・運動場2"), _("令和9年7月"), 620),
        ],
        "pager": parts.Pager(
            count=1284, number=2, pages=26, first=51, last=100, previous_url="?page=1", next_url="?page=3"
        ),
        "pager_capped": parts.Pager(
            count=10_000,
            number=201,
            is_capped=True,
            first=10_001,
            last=10_050,
            previous_url="?page=200",
            next_url="?page=202",
        ),
        "sort": "name",
        "form": SampleForm(),
        "wrong_form": SampleForm({"title": "", "story": "x", "calls": "九百"}, auto_id="wrong_%s"),
    }
