"""What can be found, one row a subject: the texts as they are shown, beside the index that the databases keep."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """A subject of a module as the search shows it. A changed one gets a new number: the order of time."""

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    title = models.TextField()
    body = models.TextField(blank=True)
    organisation = models.TextField(blank=True)
    at = models.DateTimeField()
    # Of all that the index was made from: an act that changed none of it costs one read.
    digest = models.CharField(max_length=40)
    readers = models.TextField()  # keys with blanks between, as the index has them
    is_read = models.BooleanField()  # False until a worker has put its words into the index: nobody finds it before

    class Meta:
        db_table = "search_document"
        constraints = (models.UniqueConstraint(fields=("kind", "subject_id"), name="a_subject_is_found_once"),)
        indexes = (models.Index(fields=("id",), condition=models.Q(is_read=False), name="search_to_be_read"),)
