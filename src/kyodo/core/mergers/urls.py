"""Addresses of mergers."""

from __future__ import annotations

from django.urls import path

from kyodo.core.mergers import views

app_name = "mergers"
urlpatterns = [
    path("", views.mergers, name="list"),
    path("new/", views.new, name="new"),
    path("<int:merger_id>/", views.merger, name="merger"),
    path("<int:merger_id>/cancel/", views.cancel, name="cancel"),
]
