"""Samples for the style page: each component in each of its states, with invented words and figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kyodo.core.ui import charts, parts, tiles, widgets

# A region as its tiles stand, the isles in the last line.
REGION = """
奥多摩町 青梅市 羽村市 瑞穂町 ・ ・ 清瀬市 ・ ・ ・ ・ 足立区
檜原村 日の出町 福生市 武蔵村山市 東大和市 東村山市 東久留米市 武蔵野市 練馬区 板橋区 北区 荒川区 葛飾区
・ あきる野市 昭島市 立川市 国分寺市 小平市 西東京市 杉並区 中野区 豊島区 文京区 墨田区
・ ・ 八王子市 日野市 国立市 府中市 小金井市 三鷹市 新宿区 渋谷区 千代田区 台東区 江戸川区
・ ・ ・ ・ 多摩市 稲城市 調布市 狛江市 世田谷区 目黒区 港区 中央区 江東区
・ ・ ・ ・ 町田市 ・ ・ ・ ・ 大田区 品川区
大島町 利島村 新島村 神津島村 三宅村 御蔵島村 八丈町 青ヶ島村 小笠原村
""".strip().split("\n")


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
        "large_map": _map(_("一緒に解決した相談の数"), lambda number: number * 7 % 23),
        "small_map": _map(_("同じ悩みの8団体"), lambda number: 20 if number % 8 == 1 else 0),
        "bars": _bars(),
        "lines": _lines(),
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


def _map(title: parts.Text, value: Callable[[int], int]) -> tiles.TileDrawing:
    drawn: list[tiles.Tile] = []
    for row, line in enumerate(REGION):
        apart = row == len(REGION) - 1
        for column, name in enumerate(line.split()):
            if name != "・":
                found = value(len(drawn))
                drawn.append(
                    tiles.Tile(
                        column=column,
                        row=0 if apart else row,
                        apart=apart,
                        name=name,
                        label=name[:-1],
                        shown=str(found),
                        shade=tiles.shade_of(found, 22),
                        url="#drawings",
                    )
                )
    return tiles.draw(
        drawn,
        title=title,
        heading=_("数"),
        description=_("色が濃いほど多い。"),
        legend=[(0, _("なし")), (1, "1–5"), (2, "6–11"), (3, "12–16"), (4, _("17以上"))],
    )


def _bars() -> charts.BarChart:
    return charts.bar_chart(
        [
            charts.Bar(_("学習用端末"), 83.6, _("8,360万円")),
            charts.Bar(_("オフィスライセンス"), 31.2, _("3,120万円")),
            charts.Bar(_("施設予約サービス"), -4.5, _("−450万円（高くついた）")),
            charts.Bar(_("全国の平均"), 22, _("2,200万円"), quiet=True),
        ],
        title=_("共同調達で減った額"),
        headings=(_("案件"), _("減った額")),
        description=_("学習用端末がいちばん大きく、施設予約サービスは高くつきました。"),
    )


def _lines() -> charts.LineChart:
    return charts.line_chart(
        [
            charts.Series(
                _("この区域"), [52, 58, 63, 71, 78, 84, 94], ["52%", "58%", "63%", "71%", "78%", "84%", "94%"]
            ),
            charts.Series(
                _("似た団体"), [50, 52, None, 57, 61, 66, 70], ["50%", "52%", "—", "57%", "61%", "66%", "70%"]
            ),
        ],
        points=["R2", "R3", "R4", "R5", "R6", "R7", "R8"],
        point_heading=_("年度"),
        title=_("手続のデジタル化の割合"),
        description=_("令和2年度の52%から令和8年度の94%へ上がりました。"),
        target=charts.Target(_("目標"), 95, "95%"),
        band=charts.Band(
            _("見込みの範囲"), [None, None, None, None, None, 80, 88], [None, None, None, None, None, 87, 98]
        ),
        unit="%",
    )
