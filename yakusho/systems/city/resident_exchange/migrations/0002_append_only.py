"""Imports and whom they brought are only added."""

from django.db import migrations

GUARD = """
create function resident_exchange_only_added() returns trigger language plpgsql as $$
begin
  raise exception 'imports are only added' using errcode = '23514';
end $$;
create trigger resident_exchange_load_guard before update or delete on resident_exchange_load
  for each row execute function resident_exchange_only_added();
create trigger resident_exchange_arrival_guard before update or delete on resident_exchange_arrival
  for each row execute function resident_exchange_only_added();
"""
UNDO = """
drop trigger resident_exchange_arrival_guard on resident_exchange_arrival;
drop trigger resident_exchange_load_guard on resident_exchange_load;
drop function resident_exchange_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("resident_exchange", "0001_tables")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
