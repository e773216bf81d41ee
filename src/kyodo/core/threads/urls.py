"""Addresses of threads; what is written about has its own."""

from __future__ import annotations

from django.urls import path

from kyodo.core.threads import views

app_name = "threads"
urlpatterns = [
    path("<str:kind>/<int:subject_id>/", views.write, name="write"),
    path("posts/<int:post_id>/change/", views.change, name="change"),
    path("posts/<int:post_id>/withdraw/", views.withdraw, name="withdraw"),
    path("posts/<int:post_id>/history/", views.history, name="history"),
]
