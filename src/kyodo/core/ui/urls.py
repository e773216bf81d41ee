"""Addresses of the look itself."""

from __future__ import annotations

from django.urls import path

from kyodo.core.ui import views

urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("style/", views.style, name="style"),
]
