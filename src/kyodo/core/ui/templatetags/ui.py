"""Tags that templates of all modules may use; built in, so that no page has to load them."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from kyodo.core.ui import dates

register = template.Library()


class ColumnsNode(Node):
    """The story and, where there are any, the facts beside it: a page without facts stays one column."""

    child_nodelists = ("story", "facts")

    def __init__(self, story: NodeList, facts: NodeList) -> None:
        self.story = story
        self.facts = facts

    def render(self, context: Context) -> SafeString:
        """Render both, and leave the second column out when nothing is in it."""
        story = self.story.render(context)
        facts = self.facts.render(context)
        if not facts.strip():
            return story
        return mark_safe(f'<div class="columns"><div>{story}</div><aside>{facts}</aside></div>')  # noqa: S308 (both are rendered templates)


@register.tag
def columns(parser: Parser, token: Token) -> ColumnsNode:
    """`{% columns %} story {% beside %} facts {% endcolumns %}`."""
    story = parser.parse(("beside",))
    parser.delete_first_token()
    facts = parser.parse(("endcolumns",))
    parser.delete_first_token()
    return ColumnsNode(story, facts)


class CurrentQueryNode(Node):
    """The address's query with some values changed, so that sorting keeps the filter and the filter keeps sorting."""

    def __init__(self, changes: dict[str, FilterExpression]) -> None:
        self.changes = changes

    def render(self, context: Context) -> str:
        """A query that begins with `?`; an empty value takes the key away."""
        query = context["request"].GET.copy()
        for key, expression in self.changes.items():
            value = expression.resolve(context)
            if value in (None, ""):
                query.pop(key, None)
            else:
                query[key] = str(value)
        return f"?{query.urlencode()}".replace("&", "&amp;")


@register.tag
def query_with(parser: Parser, token: Token) -> CurrentQueryNode:
    """`{% query_with sort="title" page="" %}`."""
    pairs = (bit.partition("=") for bit in token.split_contents()[1:])
    return CurrentQueryNode({key: parser.compile_filter(value) for key, _, value in pairs})


@register.filter
def grouped(number: int) -> str:
    """1234567 → 1,234,567: the same in both languages."""
    return f"{number:,}"


register.filter("day", dates.shown_day)
register.filter("full_day", dates.shown_full_day)
register.filter("closure", dates.shown_closure)
register.filter("month", dates.shown_month)
register.filter("moment", dates.shown_moment)
