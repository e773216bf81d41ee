"""Addresses of the directory."""

from __future__ import annotations

from django.urls import path

from kyodo.core.directory.views import bodies, invitations

app_name = "directory"
urlpatterns = [
    path("", bodies.directory, name="list"),
    path("sheet/", bodies.sheet, name="sheet"),
    path("<int:organisation_id>/", bodies.body, name="body"),
    path("<int:organisation_id>/contacts/new/", bodies.add, name="contact_new"),
    path("contacts/<int:contact_id>/", bodies.change, name="contact"),
    path("contacts/<int:contact_id>/remove/", bodies.remove, name="contact_remove"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/sheet/", invitations.sheet, name="invite_sheet"),
    path("invitations/together/", invitations.together, name="together"),
    path("welcome/<str:key>/", invitations.welcome, name="welcome"),
]
