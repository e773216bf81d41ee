"""Addresses of easy versions."""

from __future__ import annotations

from django.urls import path

from kyodo.core.easy_japanese import views

app_name = "easy_japanese"
urlpatterns = [
    path("", views.index, name="index"),
    path("write/", views.write, name="write"),
    path("<int:page_id>/", views.page, name="page"),
    path("<int:page_id>/withdraw/", views.take_back, name="withdraw"),
]
