"""Every address of the site. They are stable: people bookmark them (docs/architecture.md, "Addresses")."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from kyodo.config import rest
from kyodo.core.accounts import personas

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", include("kyodo.core.jobs.urls")),
    path("", include("kyodo.core.ui.urls")),
    path("", include("kyodo.core.home.urls")),
    path("", include("kyodo.core.crawlers.urls")),
    path("demo/", personas.personas, name="demo"),
    path("demo/<int:user_id>/", personas.enter, name="demo_enter"),
    path("accounts/", include("kyodo.core.factors.urls")),
    path("accounts/", include("kyodo.core.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/openapi.json", rest.openapi, name="openapi"),
    path("api/v1/docs", rest.docs, name="api_docs"),
    path("api/v1/", rest.api.urls),
    path("files/", include("kyodo.core.files.urls")),
    path("sheets/", include("kyodo.core.sheets.urls")),
    path("audit/", include("kyodo.core.ledger.urls")),
    path("accessibility/", include("kyodo.core.accessibility.urls")),
    path("easy/", include("kyodo.core.easy_japanese.urls")),
    path("mail/", include("kyodo.core.mail.urls")),
    path("notifications/", include("kyodo.core.notifications.urls")),
    path("deadlines/", include("kyodo.core.deadlines.urls")),
    path("proxy/", include("kyodo.core.proxy.urls")),
    path("directory/", include("kyodo.core.directory.urls")),
    path("calendar/", include("kyodo.core.field_calendar.urls")),
    path("statutes/", include("kyodo.core.statutes.urls")),
    path("threads/", include("kyodo.core.threads.urls")),
    path("decisions/", include("kyodo.core.decisions.urls")),
    path("transfers/", include("kyodo.core.transfers.urls")),
    path("mergers/", include("kyodo.core.mergers.urls")),
    path("retention/", include("kyodo.core.retention.urls")),
    path("personal/", include("kyodo.core.personal.urls")),
    path("functions/", include("kyodo.core.switches.urls")),
    path("start/", include("kyodo.core.first_day.urls")),
    path("lists/", include("kyodo.core.lists.urls")),
    path("search/", include("kyodo.core.search.urls")),
    path("entrances/bodies/", include("kyodo.core.organisations.urls")),
    path("entrances/", include("kyodo.core.entrances.urls")),
    path("needs/", include("kyodo.modules.needs.urls")),
    path("procurement/", include("kyodo.modules.procurement.urls")),
]

handler400 = "kyodo.core.ui.views.bad_request"
handler403 = "kyodo.core.ui.views.permission_denied"
handler404 = "kyodo.config.errors.not_found"
handler500 = "kyodo.config.errors.server_error"
