"""The fences that the application cannot step over: who may write what, and whom the renderer sees."""

from django.db import migrations

RENDERING = """
create unlogged table documents_rendering (xid xid8 primary key, people bigint[] not null);
revoke all on documents_rendering from public, yakusho_app;

-- fixes the people of one request for this transaction; a second call in it fails on the primary key
create function documents_begin_render(request uuid, job bigint) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare found bigint[];
begin
  select array_prepend(r.subject, r.members) into found from public.documents_paperrequest r
   where r.id = request and r.token = job and r.state in ('working', 'withheld');
  if found is null then
    raise exception 'no such job' using errcode = '42501';
  end if;
  insert into public.documents_rendering values (pg_current_xact_id(), found);
end $$;
revoke execute on function documents_begin_render from public;
grant execute on function documents_begin_render to yakusho_render;

create function documents_people() returns bigint[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select people from public.documents_rendering where xid = pg_current_xact_id_if_assigned()
$$;
"""

FENCES = """
create function documents_request_guard() returns trigger language plpgsql as $$
begin
  if new.token < old.token or (old.number is not null and new.number is distinct from old.number) then
    raise exception 'token and number of a request only go forward' using errcode = '23514';
  end if;
  if old.state = 'issued' and new is distinct from old then
    raise exception 'an issued request is closed' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger documents_request_guard before update on documents_paperrequest
  for each row execute function documents_request_guard();

-- a paper is written only by the job that holds the request now; the row stays locked until that job is done
create function documents_paper_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform 1 from documents_paperrequest r
     where r.id = new.request_id and r.token = new.token and r.number = new.number and r.state = 'working' for no key update;
    if not found then
      raise exception 'fenced: another job holds the request' using errcode = '23514';
    end if;
    if new.sha256 <> sha256(new.pdf) then
      raise exception 'the fingerprint is not that of the bytes' using errcode = '23514';
    end if;
  elsif (old.handed_over_at is not null and new.handed_over_at is distinct from old.handed_over_at)
     or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
    raise exception 'handing over and revoking happen once' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger documents_paper_guard before insert or update on documents_paper
  for each row execute function documents_paper_guard();

create function documents_alarm_guard() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null then
    raise exception 'a closed alarm stays as it is' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger documents_alarm_guard before update on documents_alarm
  for each row execute function documents_alarm_guard();

revoke update, delete on documents_paperrequest, documents_paper, documents_alarm from yakusho_app;
revoke delete on documents_counter from yakusho_app;
grant update (state, token, begun_at, number, version, issued_at) on documents_paperrequest to yakusho_app;
grant update (handed_over_at, handed_over_by, revoked_at, revoked_reason) on documents_paper to yakusho_app;
grant update (compared_at, compared_by, reference_sha256, differences, finding, closed_at, closed_by) on documents_alarm
  to yakusho_app;
"""

UNDO = """
drop trigger documents_alarm_guard on documents_alarm; drop function documents_alarm_guard();
drop trigger documents_paper_guard on documents_paper; drop function documents_paper_guard();
drop trigger documents_request_guard on documents_paperrequest; drop function documents_request_guard();
grant update, delete on documents_paperrequest, documents_paper, documents_alarm, documents_counter to yakusho_app;
drop function documents_people(); drop function documents_begin_render(uuid, bigint); drop table documents_rendering;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_papers")]

    operations = [migrations.RunSQL(RENDERING + FENCES, UNDO)]
