"""Addresses of the entrances."""

from __future__ import annotations

from django.urls import path

from kyodo.core.entrances import views

app_name = "entrances"
urlpatterns = [
    path("", views.entrances, name="list"),
    path("new/", views.new, name="new"),
    path("here/", views.here, name="here"),
    path("<int:entrance_id>/", views.edit, name="edit"),
]
