"""The lists of needs, each declared once: all that I may see, and what was solved in public."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.ui.tags import tag
from kyodo.engines.calendar import short_date
from kyodo.modules.needs.queries import NeedRow, names_shown_to
from kyodo.modules.needs.rules import AUDIENCES, STATE_WORDS, TOPIC_WORDS, Audience, State, Topic
