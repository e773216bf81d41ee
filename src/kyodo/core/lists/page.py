"""One page of a list: filtered, sorted and counted from what stands in the address, with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from kyodo.core.access.doors import acting
from kyodo.core.lists import queries
from kyodo.core.lists.declaration import Column, Empty, Listing, Row, words
from kyodo.core.lists.permissions import Permission
from kyodo.core.lists.queries import SavedRow
from kyodo.core.lists.ticket import Ticket
from kyodo.core.ui.parts import Pager
from kyodo.core.whole_numbers import whole_number

# An exact count beyond this reads every row; nobody pages that far, so the page says "10,000 and more".
COUNTED = 10_000

MakeRows = Callable[[Iterable[tuple[Any, ...]]], list[Row]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: its label, the address that sorts by it, and how it is sorted now."""

    label: str
    number: bool
    address: str
    direction: str  # "ascending", "descending" or ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a select in the filter bar."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field of the filter bar."""

    name: str
    label: str
    kind: str  # "search", "select" or "date"
    value: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """What the list's template shows."""

    listing: Listing[Row]
    empty: Empty
    headings: tuple[Heading, ...]
    body: SafeString  # the table's rows
    filters: tuple[FilterField, ...]
    is_filtered: bool
    pager: Pager
    export_query: str  # the address's query without page and format, ready for "format=" behind it
    kept_sort: str
    saved: tuple[SavedRow, ...]  # the filters that this person saved for this list
    ticket: str  # comes back with the form that saves the present one; empty for those who can't save any
    is_narrowed: bool  # filtered or sorted: there is something to be saved


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Rows after filter and order, and the filter form that did it."""

    rows: QuerySet[Any]
    filters: Any
    sort: str


def narrowed(listing: Listing[Row], rows: QuerySet[Any], request: HttpRequest) -> Narrowed:
    """Filter and order rows as the address says; what the address says wrongly is left out, not refused."""
    query = request.GET
    filters = listing.filters(query, queryset=rows, request=request)
    filtered = filters.qs if filters.form.is_valid() else filters.filter_queryset(rows)
    sort = query.get("sort", "")
    column = listing.column(sort.removeprefix("-"))
    if column is None or not column.sort:
        return Narrowed(filtered.order_by(*listing.order), filters, "")
    order = [_turned(name) for name in column.sort] if sort.startswith("-") else list(column.sort)
    return Narrowed(filtered.order_by(*order, listing.order[-1]), filters, sort)


def list_page(
    listing: Listing[Row],
    rows: QuerySet[Any],
    *,
    fields: tuple[Any, ...],
    make: MakeRows[Row],
    request: HttpRequest,
    may_add: bool = True,
) -> ListPage[Row]:
    """The page of a list that the address asks for: one query to count, one for its rows, one for the filters
    that whoever asks has saved.

    Without `may_add` an empty list offers no button to somebody whom the page behind it would refuse.
    """
    query = request.GET
    found = narrowed(listing, rows, request)
    count = found.rows.order_by()[: COUNTED + 1].count()
    is_capped, count = count > COUNTED, min(count, COUNTED)
    pages = max(1, -(-count // listing.page_size))
    number = min(whole_number(query.get("page") or "", digits=7) or 1, pages)
    start = (number - 1) * listing.page_size
    shown = make(found.rows.values_list(*fields)[start : start + listing.page_size]) if count else []
    columns = [column for column in listing.columns if column.in_page]
    kept = query.copy()
    for name in ("page", "format"):
        kept.pop(name, None)
    fields_shown = _filter_fields(found)
    own_query = _own_query(fields_shown, found.sort)
    actor = acting(request)
    return ListPage(
        listing=listing,
        empty=listing.empty if may_add else Empty(listing.empty.sentence),
        headings=tuple(_heading(column, found.sort, kept) for column in columns),
        body=_body(columns, shown, boxes=listing.boxes),
        filters=fields_shown,
        is_filtered=any(one.value for one in fields_shown),
        pager=Pager(
            count=count,
            number=number,
            pages=None if is_capped else pages,
            is_capped=is_capped,
            first=start + 1,
            last=start + len(shown),
            previous_url=_page_address(kept, number - 1) if number > 1 else "",
            next_url=_page_address(kept, number + 1) if number < pages else "",
        ),
        export_query=f"{kept.urlencode()}&" if kept else "",
        kept_sort=found.sort,
        saved=queries.saved(actor, listing=listing.name),
        ticket=Ticket(listing.name, request.path, own_query).written() if actor.may(Permission.SAVE) else "",
        is_narrowed=bool(own_query),
    )


def _own_query(filters: Iterable[FilterField], sort: str) -> str:
    """What of the address filters and sorts this list, and nothing else that somebody wrote there."""
    own = QueryDict(mutable=True)
    for field in filters:
        if field.value:
            own[field.name] = field.value
    if sort:
        own["sort"] = sort
    return own.urlencode()


def _body(columns: list[Column[Row]], rows: list[Row], *, boxes: str) -> SafeString:
    """The rows as HTML, each cell with its heading repeated for narrow screens.

    Written here and not by a template: 400 cells are most of what a page of fifty rows costs, and a template takes
    ten times as long for each of them.
    """
    heads = [f'<td data-label="{conditional_escape(str(column.label))}"{_look(column)}>' for column in columns]
    pairs = list(zip(heads, columns, strict=True))
    lines = [
        _box(boxes, row) + "".join([f"{head}{_shown(column, row)}</td>" for head, column in pairs]) for row in rows
    ]
    return mark_safe("\n".join(f"<tr>{line}</tr>" for line in lines))  # noqa: S308  # each value went through _shown


def _look(column: Column[Row]) -> str:
    if column.number:
        return ' class="n"'
    return ' class="whole"' if column.whole else ""


def _box(name: str, row: Any) -> str:
    if not name:
        return ""
    box = f'<input type="checkbox" form="together" name="{name}" value="{row.id}">'
    return f'<td class="pick"><label class="pick">{box}<span class="unseen">#{row.id}</span></label></td>'


def _shown(column: Column[Row], row: Row) -> str:
    return conditional_escape(column.shown(row) if column.shown else words(column.value(row)))


def _page_address(kept: QueryDict, number: int) -> str:
    other = kept.copy()
    other["page"] = str(number)
    return f"?{other.urlencode()}"


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _heading(column: Any, sort: str, kept: QueryDict) -> Heading:
    if not column.sort:
        return Heading(str(column.label), column.number, "", "")
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "")
    other = kept.copy()
    other["sort"] = f"-{column.key}" if direction == "ascending" else column.key
    return Heading(str(column.label), column.number, f"?{other.urlencode()}", direction)


def _filter_fields(found: Narrowed) -> tuple[FilterField, ...]:
    form = found.filters.form
    made = []
    for name, field in form.fields.items():
        value = form.data.get(name, "")
        choices = tuple(
            Choice(str(key), str(label), str(key) == value) for key, label in getattr(field.widget, "choices", ())
        )
        kind = "select" if choices else {"date": "date"}.get(getattr(field.widget, "input_type", ""), "search")
        made.append(FilterField(name, str(field.label), kind, value, choices))
    return tuple(made)
