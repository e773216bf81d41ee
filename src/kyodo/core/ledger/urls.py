"""Addresses of the record."""

from __future__ import annotations

from django.urls import path

from kyodo.core.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.ledger, name="list"),
    path("proof/", views.prove, name="prove"),
    path("export.jsonl", views.export, name="export"),
    path("<int:sequence>/", views.entry, name="entry"),
]
