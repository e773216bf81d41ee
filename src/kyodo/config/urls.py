"""Every address of the site. They are stable: people bookmark them (docs/architecture.md, "Addresses")."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
]
