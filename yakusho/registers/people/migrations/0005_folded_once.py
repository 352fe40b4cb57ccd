"""Search keys made by folds of which a key is the key: the functions anew, then the people whose keys that changes.

The house stays open. What is written after the first step has the new keys; the second waits until nobody is left who wrote
before it (writers wait as long as the slowest of them); the third compares the old folds with the new ones over what is
registered now and makes the keys of those who differ anew, each in a transaction of its own, as an act does. Broken off
anywhere, it is run again. Names in Latin letters and addresses: the folds of kana and kanji give what they gave.
"""

from django.db import migrations

from yakusho.kit.names import sql_fold_functions

KEEP = """
do $$
declare fold text;
begin
  foreach fold in array array['address_fold', 'latin_fold'] loop
    if to_regprocedure(fold || '_was(text)') is null then
      execute replace(pg_get_functiondef((fold || '(text)')::regprocedure), fold || '(', fold || '_was(');
    end if;
  end loop;
end $$;
"""
WAIT = "do $$ begin lock table people_personsearch in share row exclusive mode; end $$;"
REWRITE = """
do $$
declare someone bigint;
begin
  for someone in
    select r.person_id from people_residence r join (
      select distinct town_name, block, building from people_residence where upper(known) is null
    ) one using (town_name, block, building)
    where upper(r.known) is null and (address_fold_was(one.town_name || one.block) <> address_fold(one.town_name || one.block)
      or address_fold_was(one.building) <> address_fold(one.building))
    union
    select person_id from people_naming where upper(known) is null and alphabet <> ''
      and (latin_fold_was(alphabet) <> latin_fold(alphabet) or latin_fold_was(substr(alphabet, strpos(alphabet || ' ', ' ') + 1))
        <> latin_fold(substr(alphabet, strpos(alphabet || ' ', ' ') + 1)))
  loop
    perform from people_person where id = someone for no key update;
    perform people_reindex(array[someone]);
    commit;
  end loop;
end $$;
"""
FORGET = "drop function address_fold_was(text), latin_fold_was(text);"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0004_search_keys")]
    operations = [
        migrations.RunSQL(step, migrations.RunSQL.noop) for step in (KEEP + sql_fold_functions(), WAIT, REWRITE, FORGET)
    ]
