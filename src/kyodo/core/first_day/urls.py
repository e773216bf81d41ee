"""Addresses of the first day."""

from __future__ import annotations

from django.urls import path

from kyodo.core.first_day import views

app_name = "first_day"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("steps/", views.overview, name="steps"),
    path("bodies/", views.bodies, name="bodies"),
    path("mail/", views.test_mail, name="test_mail"),
    path("steps/<slug:step>/done/", views.finish, name="finish"),
]
