"""Addresses of sheets."""

from __future__ import annotations

from django.urls import path

from kyodo.core.sheets import views

app_name = "sheets"
urlpatterns = [
    path("", views.register, name="register"),
    path("hand-in/", views.hand_in, name="hand_in"),
    path("batches/<uuid:batch>/", views.batch, name="batch"),
    path("returns/<int:returned_id>/", views.returned, name="returned"),
    path("returns/<int:returned_id>/again/", views.again, name="again"),
]
