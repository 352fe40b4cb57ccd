"""What the database itself holds of the register: guards, heads of households, search keys, the last change of a paper."""

from django.db import migrations

from yakusho.blocks.history.operations import guarded
from yakusho.kit.names import sql_fold_functions

FACTS = ("people_naming", "people_residence", "people_closing", "people_origin", "people_foreignstatus")

HAS_HEAD = """
create function people_residence_has_head() returns trigger language plpgsql as $$
declare headless datemultirange;
begin
  select range_agg(valid) - coalesce(range_agg(valid) filter (where relation = '世帯主'), '{}'::datemultirange) into headless
    from people_residence where household_id = new.household_id and upper(known) is null;
  if headless is not null and not isempty(headless) then
    raise exception 'household % has members and no head', new.household_id
      using errcode = '23514', constraint = 'people_residence_has_head', detail = headless::text;
  end if;
  return null;
end $$;
create constraint trigger people_residence_has_head after insert or update on people_residence
  deferrable initially deferred for each row execute function people_residence_has_head();
"""

REINDEX = """
create function people_reindex(ids bigint[]) returns void language sql as $$
delete from people_personsearch where ids is null or person_id = any(ids);
insert into people_personsearch (person_id, kind, reading, given_reading, writing, given_writing, shown, born, address)
with homes as (
  select distinct on (r.person_id) r.person_id,
    address_fold(r.town_name || r.block) || case when r.building = '' then '' else ' ' || address_fold(r.building) end as address
  from people_residence r
  where (ids is null or r.person_id = any(ids)) and upper(r.known) is null
    and (upper(r.valid) is null or exists (select 1 from people_closing c
      where c.person_id = r.person_id and upper(c.known) is null and c.planned and lower(c.valid) = upper(r.valid)))
    and not exists (select 1 from people_protection p where p.person_id = r.person_id and p.ended_on is null)
  order by r.person_id, lower(r.valid) desc
), names as (
  select distinct on (n.person_id, v.reading, v.writing, n.born) n.person_id, n.born, v.*
  from people_naming n cross join lateral (values
    (case when upper(n.valid) is null then '氏名' else '前の氏名' end,
     kana_fold(n.family_kana || n.given_kana), kana_fold(n.given_kana), kanji_fold(n.family || n.given), kanji_fold(n.given),
     trim('　' from n.family || '　' || n.given)),
    ('旧氏', kana_fold(n.former_family_kana || n.given_kana), kana_fold(n.given_kana),
     kanji_fold(nullif(n.former_family, '') || n.given), kanji_fold(n.given), n.former_family || '　' || n.given),
    ('通称', kana_fold(n.alias_kana), '', kanji_fold(nullif(n.alias, '')), '', n.alias),
    ('ローマ字', latin_fold(nullif(n.alphabet, '')), latin_fold(substr(n.alphabet, strpos(n.alphabet || ' ', ' ') + 1)), '', '', n.alphabet)
  ) v (kind, reading, given_reading, writing, given_writing, shown)
  where (ids is null or n.person_id = any(ids)) and upper(n.known) is null
    and v.writing is not null and v.reading is not null and (v.reading <> '' or v.writing <> '')
  order by n.person_id, v.reading, v.writing, n.born, upper(n.valid) desc nulls first
)
select n.person_id, n.kind, n.reading, n.given_reading, n.writing, n.given_writing, n.shown, n.born, coalesce(h.address, '')
from names n left join homes h using (person_id) order by n.reading, n.born, n.person_id;
$$;
"""

LAST_CHANGE = """
create function people_last_change(p bigint) returns timestamptz language sql stable as $$
with homes as (
  select distinct household_id from people_residence where person_id = p and upper(known) is null
), mates as (
  select p as person_id union
  select person_id from people_residence where household_id in (select household_id from homes) and upper(known) is null
), instants as (
  select greatest(lower(known), upper(known)) as at from people_residence
    where household_id in (select household_id from homes) or person_id = p
  union all select greatest(lower(known), upper(known)) from people_naming where person_id in (select person_id from mates)
  union all select greatest(lower(known), upper(known)) from people_closing where person_id in (select person_id from mates)
  union all select greatest(lower(known), upper(known)) from people_origin where person_id in (select person_id from mates)
  union all select greatest(lower(known), upper(known)) from people_foreignstatus where person_id in (select person_id from mates)
  union all select changed_at from people_protection where person_id in (select person_id from mates)
  union all select known_at from people_personnumber where person_id in (select person_id from mates)
)
select max(at) from instants;
$$;
"""

UNDO = "drop function people_last_change(bigint); drop function people_reindex(bigint[]);"
UNDO_HEAD = "drop trigger people_residence_has_head on people_residence; drop function people_residence_has_head();"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_tables"), ("history", "0001_guard")]
    operations = [
        migrations.RunSQL(sql_fold_functions(), migrations.RunSQL.noop),
        *[guarded(table) for table in FACTS],
        migrations.RunSQL(HAS_HEAD, UNDO_HEAD),
        migrations.RunSQL(REINDEX + LAST_CHANGE, UNDO),
    ]
