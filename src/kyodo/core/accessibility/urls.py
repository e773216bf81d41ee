"""The address of the statement."""

from __future__ import annotations

from django.urls import path

from kyodo.core.accessibility import views

urlpatterns = [path("", views.accessibility, name="accessibility")]
