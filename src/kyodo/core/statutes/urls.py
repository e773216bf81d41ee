"""Addresses of the rows of law."""

from __future__ import annotations

from django.urls import path

from kyodo.core.statutes import views

app_name = "statutes"
urlpatterns = [
    path("", views.rows, name="list"),
    path("sheet/", views.sheet, name="sheet"),
    path("new/", views.new, name="new"),
    path("rules/<slug:rule>/", views.rule, name="rule"),
    path("rows/<int:row_id>/", views.row, name="row"),
    path("rows/<int:row_id>/correct/", views.correct, name="correct"),
    path("rows/<int:row_id>/end/", views.end, name="end"),
    path("bodies/<int:organisation_id>/", views.body, name="body"),
    path("bodies/<int:organisation_id>/new/", views.body_new, name="body_new"),
]
