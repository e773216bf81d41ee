"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from kyodo.core.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.own_jobs, name="own"),
    path("all/", views.all_jobs, name="all"),
    path("<uuid:uuid>/", views.job, name="job"),
    path("<uuid:uuid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uuid>/again/", views.run_again, name="again"),
]
