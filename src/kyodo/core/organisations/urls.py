"""Addresses of the pages about organisations."""

from __future__ import annotations

from django.urls import path

from kyodo.core.organisations import homes

app_name = "organisations"
urlpatterns = [path("", homes.homes, name="homes")]
