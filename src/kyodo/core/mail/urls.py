"""Addresses of mails."""

from __future__ import annotations

from django.urls import path

from kyodo.core.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.mails, name="list"),
    path("<int:mail_id>/", views.mail, name="mail"),
    path("<int:mail_id>/resend/", views.resend, name="resend"),
    path("<int:mail_id>/cancel/", views.cancel, name="cancel"),
    path("addresses/", views.addresses, name="addresses"),
    path("addresses/<int:trouble_id>/clear/", views.clear, name="clear"),
]
