"""Addresses of saved filters; each list has its own."""

from __future__ import annotations

from django.urls import path

from kyodo.core.lists import views

app_name = "lists"
urlpatterns = [
    path("saved/", views.save, name="save"),
    path("saved/<int:saved_id>/remove/", views.remove, name="remove"),
]
