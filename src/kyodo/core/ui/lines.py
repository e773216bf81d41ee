"""A table of lines that is edited as a whole: a blank line is none, and what is wrong is told by its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kyodo.core.faults import Fault
from kyodo.core.ui.fields import tell


class TableForm(forms.Form):
    """What is handed in beside the lines: which state of the table was read. It carries what is refused."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class Lines(forms.BaseFormSet[Any]):
    """The lines of a table: forms whose `line()` gives what the line says, None for a blank one."""

    def given(self) -> list[Any]:
        """What the lines say, in order, without the blank ones."""
        return [said for _form, said in self._said()]

    def tell(self, faults: Iterable[Fault]) -> list[Fault]:
        """Put faults named `field-n` at the n-th (from 0) of the given lines; those that are of no line come back."""
        said, others = [form for form, _said in self._said()], []
        for fault in faults:
            field, _hyphen, number = fault.field.rpartition("-")
            if number.isdecimal() and int(number) < len(said):
                tell(said[int(number)], [Fault(field, fault.sentence)])
            else:
                others.append(fault)
        return others

    def told(self) -> Iterator[SafeString]:
        """Each fault of a line, for the page's list of faults, with a link to its field."""
        for number, form in enumerate(self.forms, start=1):
            where = gettext("{n}行目").format(n=number)
            for name, errors in form.errors.items():
                for error in errors:
                    if name in form.fields:
                        field = form[name]
                        yield format_html('<a href="#{}">{} {}: {}</a>', field.id_for_label, where, field.label, error)
                    else:
                        yield format_html("{}: {}", where, error)

    def _said(self) -> list[tuple[Any, Any]]:
        return [(form, said) for form in self.forms if (said := form.line()) is not None]


def lines_of(form: type[forms.Form], *, most: int) -> type[Lines]:
    """The table of a kind of lines; `most` that a page takes, blank ones too."""
    made: type[Any] = forms.formset_factory(form, formset=Lines, extra=0, max_num=most)
    return made
