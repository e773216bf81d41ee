"""robots.txt and sitemap.xml (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import requires
from kyodo.core.access.permissions import Permission
from kyodo.core.crawlers.pages import PublicPage, public_pages

# What needs an account or answers differently to each who asks; public pages lie below /<module>/public/.
CLOSED = ("/accounts/", "/audit/", "/demo/", "/jobs/", "/language/", "/style/", "/api/v1/docs")

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@require_safe
@requires(Permission.LOOK)
def robots(request: HttpRequest) -> HttpResponse:
    """What may be read by machines, and where the list is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@requires(Permission.LOOK)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages."""
    body = "".join(_entry(request, page) for page in public_pages())
    return HttpResponse(f"{HEAD}{body}</urlset>\n", content_type="application/xml; charset=utf-8")


def _entry(request: HttpRequest, page: PublicPage) -> str:
    changed = f"<lastmod>{page.changed.isoformat(timespec='seconds')}</lastmod>" if page.changed else ""
    return f"<url><loc>{escape(request.build_absolute_uri(page.path))}</loc>{changed}</url>\n"
