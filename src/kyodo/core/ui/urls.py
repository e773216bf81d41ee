"""Addresses of the look itself."""

from __future__ import annotations

from django.urls import path

from kyodo.core.ui import views

urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("style/", views.style, name="style"),
]
