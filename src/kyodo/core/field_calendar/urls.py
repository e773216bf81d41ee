"""Addresses of the field's calendar."""

from __future__ import annotations

from django.urls import path

from kyodo.core.field_calendar import views

app_name = "field_calendar"
urlpatterns = [
    path("", views.year, name="year"),
    path("sheet/", views.sheet, name="sheet"),
    path("<int:organisation_id>/", views.body, name="body"),
    path("<int:organisation_id>/days/new/", views.add, name="day_new"),
    path("<int:organisation_id>/address/", views.open_calendar, name="open_calendar"),
    path("<int:organisation_id>/address/close/", views.close_calendar, name="close_calendar"),
    path("days/<int:day_id>/", views.change, name="day"),
    path("days/<int:day_id>/remove/", views.remove, name="day_remove"),
    path("of/<str:key>/calendar.ics", views.file, name="file"),
]
