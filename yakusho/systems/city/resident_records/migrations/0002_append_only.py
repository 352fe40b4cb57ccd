"""Movements are only added."""

from django.db import migrations

GUARD = """
create function resident_records_only_added() returns trigger language plpgsql as $$
begin
  raise exception 'movements are only added' using errcode = '23514';
end $$;
create trigger resident_records_movement_guard before update or delete on resident_records_movement
  for each row execute function resident_records_only_added();
create trigger resident_records_movement_kept before truncate on resident_records_movement
  for each statement execute function resident_records_only_added();
"""
UNDO = """
drop trigger resident_records_movement_kept on resident_records_movement;
drop trigger resident_records_movement_guard on resident_records_movement;
drop function resident_records_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("resident_records", "0001_movements")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
