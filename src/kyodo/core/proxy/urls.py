"""Addresses of entries by proxy."""

from __future__ import annotations

from django.urls import path

from kyodo.core.proxy import views

app_name = "proxy"
urlpatterns = [
    path("", views.entries, name="list"),
    path("<int:entry_id>/", views.entry, name="entry"),
    path("<int:entry_id>/confirm/", views.confirm, name="confirm"),
    path("<int:entry_id>/dispute/", views.dispute, name="dispute"),
    path("<int:entry_id>/answer/", views.note_answer, name="note_answer"),
    path("<int:entry_id>/sheet/", views.sheet, name="sheet"),
]
