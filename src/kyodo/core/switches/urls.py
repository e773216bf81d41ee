"""Addresses of switches."""

from __future__ import annotations

from django.urls import path

from kyodo.core.switches import views

app_name = "switches"
urlpatterns = [
    path("", views.functions, name="functions"),
    path("<slug:module>/", views.switch, name="switch"),
]
