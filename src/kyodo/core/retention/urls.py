"""Addresses of retention."""

from __future__ import annotations

from django.urls import path

from kyodo.core.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.periods, name="periods"),
    path("kinds/<str:kind>/", views.period, name="period"),
    path("kinds/<str:kind>/propose/", views.propose, name="propose"),
    path("<int:disposal_id>/", views.disposal, name="disposal"),
]
