"""The function behind every fact table's guard."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

GUARD = """
create function history_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'facts are never deleted' using errcode = '23514';
  end if;
  if upper(new.valid) = 'infinity' or upper(new.known) = 'infinity' then
    raise exception 'an open range has no end, not the end infinity' using errcode = '23514';
  end if;
  if tg_op = 'INSERT' then
    if upper(new.known) is not null or lower(new.known) < transaction_timestamp() then
      raise exception 'a fact is believed from now on' using errcode = '23514';
    end if;
    return new;
  end if;
  if upper(old.known) is not null or upper(new.known) is null or lower(new.known) <> lower(old.known)
     or (to_jsonb(new) - 'known' - 'closed_by') <> (to_jsonb(old) - 'known' - 'closed_by') then
    raise exception 'a fact is only ever closed' using errcode = '23514';
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [BtreeGistExtension(), migrations.RunSQL(GUARD, "drop function history_guard()")]
