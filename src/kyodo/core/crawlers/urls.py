"""Addresses that machines look for by themselves."""

from __future__ import annotations

from django.urls import path

from kyodo.core.crawlers import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
