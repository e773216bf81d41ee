"""Addresses of accounts; those of signing in itself are django-allauth's, below the same path."""

from __future__ import annotations

from django.urls import path

from kyodo.core.accounts import header, sign_in_views, user_views, views

urlpatterns = [
    path("", views.account, name="account"),
    path("organisation/", views.choose_organisation, name="account_organisation"),
    path("sessions/<int:session_id>/end/", views.end_session, name="account_session_end"),
    path("tokens/", views.tokens, name="account_tokens"),
    path("tokens/new/", views.issue_token, name="account_token_issue"),
    path("tokens/<int:token_id>/revoke/", views.revoke_token, name="account_token_revoke"),
    path("header/", header.sign_in, name="header_sign_in"),
    path("2fa/authenticate/", sign_in_views.SecondStepView.as_view(), name="mfa_authenticate"),
    path("users/", user_views.users, name="users"),
    path("users/new/", user_views.new, name="user_new"),
    path("users/<int:user_id>/", user_views.user, name="user"),
    path("users/<int:user_id>/roles/new/", user_views.grant, name="user_grant"),
    path("users/<int:user_id>/roles/<int:role_id>/end/", user_views.end_role, name="user_role_end"),
    path("users/<int:user_id>/deactivate/", user_views.deactivate, name="user_deactivate"),
    path("users/<int:user_id>/reactivate/", user_views.reactivate, name="user_reactivate"),
    path("users/<int:user_id>/email/", user_views.email, name="user_email"),
    path("users/<int:user_id>/password/", user_views.password, name="user_password"),
    path("users/<int:user_id>/factors/", user_views.remove_factors, name="user_factors"),
]
