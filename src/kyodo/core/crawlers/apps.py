"""Registers what crawlers read with Django."""

from django.apps import AppConfig


class CrawlersConfig(AppConfig):
    """robots.txt and sitemap.xml."""

    name = "kyodo.core.crawlers"
    label = "crawlers"
