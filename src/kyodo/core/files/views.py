"""Gives files out: to be saved, never shown inside of our pages, to whom the owner lets read them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.files import attachments, store
from kyodo.core.files.permissions import Permission


@require_safe
@requires(Permission.FETCH)
def file(request: ActorRequest, attachment_id: int, name: str) -> HttpResponseBase:
    """One file. The name in the address is for people; the number says which it is."""
    row = attachments.readable(attachment_id, actor=request.actor)
    if row is None:
        raise Http404
    tag = quote_etag(row.digest)
    if (known := get_conditional_response(request, etag=tag)) is not None:
        return known
    try:
        content = store.open_content(row.digest)
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(
        content,
        as_attachment=True,
        filename=row.name,
        content_type=row.media_type,
        headers={
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "ETag": tag,
        },
    )
