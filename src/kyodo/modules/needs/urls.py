"""Addresses of needs."""

from __future__ import annotations

from django.urls import path

from kyodo.modules.needs import views

app_name = "needs"
urlpatterns = [
    path("", views.needs, name="list"),
    path("new/", views.post, name="post"),
    path("like/", views.like_needs, name="like"),
    path("public/", views.public, name="public"),
    path("public/<int:need_id>/", views.public_need, name="public_need"),
    path("<int:need_id>/", views.need, name="need"),
    path("<int:need_id>/edit/", views.edit, name="edit"),
    path("<int:need_id>/back/", views.back, name="back"),
    path("<int:need_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:need_id>/move/", views.move, name="move"),
]
