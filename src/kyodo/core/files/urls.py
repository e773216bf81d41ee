"""The address of a file."""

from __future__ import annotations

from django.urls import path

from kyodo.core.files import views

app_name = "files"
urlpatterns = [path("<int:attachment_id>/<str:name>", views.file, name="file")]
