"""Addresses of deadlines."""

from __future__ import annotations

from django.urls import path

from kyodo.core.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("", views.own, name="own"),
    path("calendar.ics", views.own_file, name="own_file"),
    path("calendar/open/", views.open_calendar, name="open_calendar"),
    path("calendar/close/", views.close_calendar, name="close_calendar"),
    path("calendar/<str:key>/calendar.ics", views.calendar, name="calendar"),
]
