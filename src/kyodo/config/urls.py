"""Every address of the site. They are stable: people bookmark them (docs/architecture.md, "Addresses")."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("jobs/", include("kyodo.core.jobs.urls")),
    path("", include("kyodo.core.ui.urls")),
]

handler400 = "kyodo.core.ui.views.bad_request"
handler403 = "kyodo.core.ui.views.permission_denied"
handler404 = "kyodo.core.ui.views.page_not_found"
handler500 = "kyodo.core.ui.views.server_error"
