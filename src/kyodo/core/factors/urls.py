"""Addresses of second factors, below those of accounts."""

from __future__ import annotations

from django.urls import path

from kyodo.core.factors import challenge, views

urlpatterns = [
    path("second-factor/", challenge.second_factor, name="second_factor"),
    path("codes/", views.own_sheet, name="own_sheet"),
    path("codes/block/", views.block_own_sheet, name="own_sheet_block"),
    path("users/<int:user_id>/codes/", views.user_sheet, name="user_sheet"),
    path("users/<int:user_id>/codes/block/", views.block_user_sheet, name="user_sheet_block"),
    path("policy/", views.policy, name="factor_policy"),
]
