"""Pages of the look itself: the switch of language, the style page, the error pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kyodo.core.ui import frame, language
from kyodo.core.ui.style import samples

Text = str | Promise
YEAR_IN_SECONDS = 60 * 60 * 24 * 365


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, and go back to the page where it was chosen."""
    code = request.POST.get("language", "")
    code = code if code in language.CODES else language.DEFAULT
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    language.remember(request, code)
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR_IN_SECONDS,
        secure=settings.BEHIND_TLS,
        httponly=True,
        samesite="Lax",
    )
    return response


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The living style page: every component in every state. Only where the site is a demonstration."""
    if not settings.DEMO:
        raise Http404
    return render(request, "ui/style.html", samples())


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an error page says: what happened, what was kept, what to do now."""

    title: Text
    happened: Text
    kept: Text
    remedy: Text


BAD_REQUEST = Trouble(
    title=_("送られた内容を読み取れませんでした"),
    happened=_("途中で通信が切れたか、一度に送れる大きさを超えたか、アドレスの一部が欠けています。"),
    kept=_("今回送った内容は保存していません。それより前に保存したものはそのままです。"),
    remedy=_("前の画面に戻り、内容を確かめてもう一度送ってください。ファイルは20MBまでです。"),
)
NO_PERMISSION = Trouble(
    title=_("この画面を開く権限がありません"),
    happened=_("サインインしている方の担当では、この画面や操作は使えません。"),
    kept=_("何も変わっていません。"),
    remedy=_("担当が変わったときは、所属団体の管理者に担当の設定を頼んでください。"),
)
NOT_FOUND = Trouble(
    title=_("ページが見つかりません"),
    happened=_("アドレスが違うか、ページがなくなったか、公開されていません。"),
    kept=_("何も変わっていません。"),
    remedy=_("アドレスを確かめるか、上の一覧から探してください。"),
)
OUR_FAULT = Trouble(
    title=_("こちらの不具合で、画面を表示できませんでした"),
    happened=_(
        "システムの中で予期しないことが起きました。あなたの操作のせいではありません。記録は管理者に届いています。"
    ),
    kept=_("前に保存したものはそのままです。いまの操作が保存されたかどうかは、元の画面を開き直すと分かります。"),
    remedy=_("少し待って、もう一度お試しください。続くときは、時刻と開いた画面を管理者に知らせてください。"),
)
STALE_FORM = Trouble(
    title=_("安全のため、送信を受け付けませんでした"),
    happened=_(
        "画面を開いてから時間がたったか、別の画面でサインインし直したか、ブラウザがクッキーを受け付けていません。"
    ),
    kept=_("何も保存していません。入力した内容は、ブラウザの「戻る」で前の画面に残っています。"),
    remedy=_("前の画面に戻り、入力を写してから画面を読み込み直し、もう一度送ってください。"),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request can't be read."""
    return _trouble(request, BAD_REQUEST, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page exists, and isn't for this person."""
    return _trouble(request, NO_PERMISSION, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or none that this person may know of."""
    return _trouble(request, NOT_FOUND, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form didn't come from our own page, or is too old."""
    return _trouble(request, STALE_FORM, 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: shown when nothing can be relied on, so it asks neither the database nor the session for anything."""
    code = getattr(request, "LANGUAGE_CODE", None) or language.of_browser(request)
    with translation.override(code):
        text = render_to_string("ui/trouble.html", {"trouble": OUR_FAULT, "frame": frame.bare(code)})
    return HttpResponse(text, status=500, headers={"Content-Language": code})


def _trouble(request: HttpRequest, trouble: Trouble, status: int) -> HttpResponse:
    # A fault found further out than the choice of language still speaks the reader's language.
    code = getattr(request, "LANGUAGE_CODE", None) or language.of_browser(request)
    with translation.override(code):
        return render(request, "ui/trouble.html", {"trouble": trouble}, status=status)
