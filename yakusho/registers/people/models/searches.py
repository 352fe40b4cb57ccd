"""検索キー Folded names and addresses, kept by the register's own actions (SQL function people_reindex)."""

from django.db import models

from yakusho.registers.people.models.persons import Person


def _key(length: int = 250) -> models.CharField:
    """A folded text that sorts and starts by code points."""
    return models.CharField(db_collation="C", max_length=length, blank=True)


class PersonSearch(models.Model):
    """検索キー One row a name a person has or had; a protected person's address is never in it.

    ``reading`` is folded katakana, or folded Latin letters; ``writing`` folded kanji. A prefix is a half-open range.
    """

    person_id: int
    doubled: bool  # set by a search

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    reading = _key()
    given_reading = _key()
    writing = _key()
    given_writing = _key()
    shown = models.CharField(max_length=250)
    born = models.DateField()
    address = _key(400)

    class Meta:
        indexes = [
            models.Index(fields=["reading", "born", "id"], name="people_search_reading"),
            models.Index(fields=["born", "reading", "id"], name="people_search_born"),
            models.Index(fields=["writing", "reading", "born", "id"], name="people_search_writing"),
            models.Index(fields=["given_reading", "born", "id"], name="people_search_given"),
            models.Index(fields=["given_writing", "born", "id"], name="people_search_given_w"),
            models.Index(
                fields=["address", "reading", "id"], condition=~models.Q(address=""), name="people_search_address"
            ),
        ]
