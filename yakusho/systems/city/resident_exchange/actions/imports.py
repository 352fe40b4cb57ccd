"""取込み Receive a file, look at it, import it: in one act or not at all."""

from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from yakusho.blocks.doors import Actor, action, note
from yakusho.registers.people import actions as people
from yakusho.systems.city.resident_exchange import checks, models, queries, rules, vault
from yakusho.systems.city.resident_exchange.apps import RESIDENT_MANAGER
from yakusho.systems.city.resident_exchange.formats.columns import proposed
from yakusho.systems.city.resident_exchange.formats.persons_csv import read_sheet
from yakusho.systems.city.resident_exchange.reading import Person
from yakusho.systems.city.resident_exchange.values import ImportFile, ImportReport, Load, Received

FIRST = 400  # households


@action(allowed=RESIDENT_MANAGER)
def receive_file(*, file: ImportFile, by: Actor, at: datetime) -> Received:
    """ファイルの受付 Keep a file for a day, between looking at it and importing it; files of before are thrown away.

    Refusals: FileMissing, NotBase64, Undecodable, NotText, NothingInFile, BrokenQuotes.
    """
    name, data = checks.content_of(file)
    sheet = read_sheet(data)
    models.Upload.objects.filter(Q(at__lt=at - models.DAY)).delete()
    digest = checks.digest_of(data)
    row = models.Upload.objects.create(
        name=name, content=vault.closed(data), digest=digest, by_account=by.account, at=at
    )
    note(digest=digest, rows=len(sheet.rows))
    return Received(
        upload=row.pk,
        digest=digest,
        name=name,
        rows=len(sheet.rows),
        headings=list(sheet.headings),
        columns=proposed(sheet.headings),
    )


@action(allowed=RESIDENT_MANAGER)
def check_import(*, file: ImportFile, by: Actor, on: date) -> ImportReport:
    """取込みの確認 What importing this file would do, row by row; nothing is written but the record of having looked.

    Refusals: those of receive_file; ColumnMissing, ColumnTwice, NoSuchColumn.
    """
    report = checks.draft(file, by=by, on=on).report()
    note(digest=report.digest, rows=report.rows, wrong=report.wrong)
    return report


@action(allowed=RESIDENT_MANAGER)
def import_people(*, file: ImportFile, namesakes_checked: bool = False, by: Actor, on: date, at: datetime) -> Load:
    """取込み Every row of the file becomes a resident, in one act; one wrong row and nothing is imported.

    The same file again does nothing; rows that were imported before are left out. Refusals: RowsWrong, DoubtsOpen and those
    of check_import.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('resident_exchange_load'))")  # one import after the other
    draft = checks.draft(file, by=by, on=on)
    if draft.loaded is not None:
        return queries.load(load=draft.loaded, by=by).model_copy(update={"already": True})
    if draft.reader.errors:
        raise rules.RowsWrong(wrong=len(draft.reader.errors))
    if draft.doubts and not namesakes_checked:
        raise rules.DoubtsOpen(doubts=len(draft.doubts))
    row = models.Load.objects.create(
        digest=draft.digest,
        name=draft.name,
        rows=len(draft.people),
        households=len(draft.households),
        skipped=draft.already,
        by_account=by.account,
        by_name=by.name,
        at=at,
    )
    _enter(draft, row, by)
    models.Upload.objects.filter(digest=draft.digest).delete()
    note(digest=draft.digest, rows=row.rows, households=row.households, skipped=row.skipped)
    return queries.load(load=row.pk, by=by)


def _enter(draft: checks.Draft, load: models.Load, by: Actor) -> None:
    """The first households, then the others: in between the database learns what such people look like."""
    homes = draft.households
    for part in (homes[:FIRST], homes[FIRST:]):
        if part:
            places = {household: place for place, household in enumerate(part)}
            _enter_part([one for one in draft.people if one.household in places], places, load, by)
        if len(homes) > FIRST:
            with connection.cursor() as cursor:
                cursor.execute("select resident_exchange_fresh_statistics()")


def _enter_part(rows: list[Person], places: dict[str, int], load: models.Load, by: Actor) -> None:
    entered = people.enter_many(people=[one.entrant(places[one.household]) for one in rows], by=by)
    models.Arrival.objects.bulk_create(
        models.Arrival(
            load=load,
            external_id=one.external_id,
            person=person,
            household=entered.households[places[one.household]],
            external_household=one.household,
            said=checks.said_of(one),
        )
        for one, person in zip(rows, entered.people, strict=True)
    )
