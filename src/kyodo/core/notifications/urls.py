"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from kyodo.core.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.own, name="own"),
    path("<int:notice_id>/", views.follow, name="follow"),
    path("read/", views.read_all, name="read_all"),
    path("mail/", views.mail, name="mail"),
]
