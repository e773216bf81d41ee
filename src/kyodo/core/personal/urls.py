"""Addresses of personal data."""

from __future__ import annotations

from django.urls import path

from kyodo.core.personal import views

app_name = "personal"
urlpatterns = [path("", views.own, name="own"), path("<int:user_id>/erase/", views.erase, name="erase")]
