"""Every address of the site. They are stable: people bookmark them (docs/architecture.md, "Addresses")."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
