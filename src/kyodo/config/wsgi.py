"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kyodo.config.settings")

application = get_wsgi_application()

# Load the pages of all modules now: the first visitor should not wait for it.
_ = get_resolver().url_patterns

# What is loaded now stays for good: the collector need not look at it again with every full round.
gc.collect()
gc.freeze()
