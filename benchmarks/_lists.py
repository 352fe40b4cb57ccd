"""Rows for the lists, made by set operations as the owner of the tables: so many of each kind, of which a few are for the officer.

His are the oldest: what looks for them from the newest end, or looks through everybody's, meets all others first.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection

HIS = 600
OFFICER, RESIDENT, ENDPOINT = 7, 77, 1
GUARDED = (
    "documents_paperrequest",
    "documents_paper",
    "documents_alarm",
    "people_protection",
    "resident_exchange_load",
)
PAPERS = """
insert into documents_paperrequest (id, kind, subject, members, options, fee, requested_by, asked_at, state, token, begun_at,
  number, version, issued_at, reason, online)
select lpad(to_hex(n), 32, '0')::uuid, case when n <= %(his)s then 'certificates.copy' else 'resident_tax.certificate' end,
  case when n %% 1000 = 0 then %(resident)s else n end, '{}', '{}', 300, 9, timestamptz '2026-01-05 09:00+09' + n * interval '1 second',
  'issued', 1, timestamptz '2026-01-05 09:00+09', '2026' || lpad(n::text, 8, '0'), '',
  timestamptz '2026-01-05 09:00+09', '', n %% 2 = 0 from generate_series(1, %(rows)s) n;
insert into documents_paper (number, request_id, token, kind, title, subject, sha256, pdf, pages, content, sealed_at, retention,
  revoked_reason)
select r.number, r.id, 1, r.kind, '証明書', r.subject, sha256(r.number::bytea), r.number::bytea, 1, '{}', r.asked_at, 'x', ''
from documents_paperrequest r;
insert into documents_alarm (request_id, token, doubts, pdf, sha256, raised_at, compared_at, compared_by, reference_sha256,
  differences, finding, closed_at, closed_by)
select id, 1, '{text}', '', ''::bytea, asked_at, asked_at, 1, ''::bytea, '{}', '字形', asked_at, 1
from documents_paperrequest order by number;
update documents_alarm set compared_at = null, compared_by = null, reference_sha256 = null, finding = '', closed_at = null,
  closed_by = null where id <= %(his)s;
"""
MEASURES = """
insert into people_person (id) select n from generate_series(1, %(rows)s) n on conflict do nothing;
insert into people_protection (person_id, kind, applied_on, starts_on, until, ended_on, ended_because)
select n, '配偶者からの暴力', date '2025-11-24', date '2025-11-24', date '2026-11-24' + (n %% 365)::int,
  case when n %% 2 = 0 then date '2026-01-01' end, case when n %% 2 = 0 then '申出' else '' end from generate_series(1, %(rows)s) n;
insert into people_opponent (protection_id, name, address) select id, '見本 相手', '' from people_protection;
"""
EXCHANGED = """
insert into resident_exchange_export (purpose, towns, "on", asked_by, asked_by_name, asked_at, agreed_by_name)
select '統計', '{}', date '2026-11-01', case when n <= %(his)s then %(officer)s else 100 + n %% 2000 end, '職員', now(), ''
from generate_series(1, %(rows)s) n;
insert into resident_exchange_load (digest, name, rows, households, skipped, by_account, by_name, at)
select lpad(to_hex(n), 64, '0'), 'a.csv', 10, 4, 0, 9, '職員', now() from generate_series(1, %(rows)s) n;
insert into exchange_endpoint (title, url, events, key_versions, active)
select '連携先', 'https://example.jp/', '{people.moved}', '{1}', true from generate_series(1, 3);
insert into exchange_event (hook, name, subject, data) select gen_random_uuid(), 'people.moved', n::text, '{}'
from generate_series(1, %(rows)s) n;
insert into exchange_dispatch (event_id, endpoint_id, state, attempts, due, last_error)
select id, 1 + id %% 3, case when id <= %(his)s then 'dead' else 'sent' end, 1, null, '' from exchange_event;
"""
TOLD = """
insert into notices_message (person, account, wordings, template, papers, office, "case", drill, read_at)
select case when n > %(his)s then n end, case when n <= %(his)s then %(officer)s end,
  '{"ja": {"title": "お知らせ", "body": "届きました"}}', 'x', '{}', '', '', false, case when n %% 2 = 0 then now() end
from generate_series(1, %(rows)s) n;
"""
WHO = """
insert into identity_account (password, kind, login, name, person, language)
select '', case when n <= 3000 then 'staff' else 'resident' end, 'bench' || n, '見本 ' || n, case when n > 3000 then n end, 'ja'
from generate_series(1, %(rows)s) n;
insert into identity_appointment (account_id, role, office, valid, reason, granted_by, granted_at, revoke_reason)
select id, 'resident_clerk', 'office' || id %% 50, daterange('2026-04-01', null), '異動', 1, now(), ''
from identity_account where kind = 'staff' and login like 'bench%%';
insert into identity_sessionrecord (proof, proved_at, device, shared, beside, started_at, seen_at, ended_at, end_reason, account_id)
select 'passkey', now(), '', false, n <= %(his)s, now() - n * interval '20 seconds', now(), now(), 'out',
  (select min(id) from identity_account where login = 'bench1') + n %% %(rows)s from generate_series(1, %(rows)s) n;
"""
RECORDED = """
insert into audit_entry (kind, door, actor, actor_name, role, office, purpose, "case", subjects, node, body)
select 'query', 'resident_records.household', n %% 300, '佐藤 花子', 'resident_clerk', 'residents', '転入届の受付', '',
  array[case when n <= %(his)s then %(subject)s else substr(sha256(int8send(n %% 20000)), 1, 16) end], 'node-1', '{}'
from generate_series(1, %(rows)s) n;
insert into resident_records_movement (kind, event_on, by_account, by_name, people, households, reason, days_late)
select '転居', date '2026-01-01' + (n %% 300)::int, 9, '職員', array[case when n <= 20 then %(resident)s else n + 1000 end],
  array[n], '', 0 from generate_series(1, %(rows)s) n;
"""
FILLS = (PAPERS, MEASURES, EXCHANGED, TOLD, WHO, RECORDED)


def as_user(user: str) -> None:
    """The owner fills, the application asks."""
    connection.close()
    connection.settings_dict["USER"] = user
    secret = {"yakusho_owner": "db_owner", "yakusho_app": "db_app"}[user]
    connection.settings_dict["PASSWORD"] = (settings.SECRETS / secret).read_text("utf-8").strip()


def fill(rows: int, *, subject: bytes) -> None:
    """So many rows in every list."""
    as_user("yakusho_owner")
    values = {"rows": rows, "his": HIS, "officer": OFFICER, "resident": RESIDENT, "subject": subject}
    with connection.cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"alter table {table} disable trigger user")
        for statements in FILLS:
            for statement in filter(str.strip, statements.split(";\n")):
                cursor.execute(statement, values)
        for table in GUARDED:
            cursor.execute(f"alter table {table} enable trigger user")
        cursor.execute("vacuum analyze")
    as_user("yakusho_app")
