"""Search keys by two plans: some people are looked up by their numbers, everybody's are made by one pass over the register.

``ids is null or person_id = any(ids)`` lets the planner use no index for the few and no good plan for the many.
"""

from django.db import migrations

# Folding is what costs: each spelling and each address is folded once, however many people have it.
KEYS = """
insert into people_personsearch (person_id, kind, reading, given_reading, writing, given_writing, shown, born, address)
with homes as (
  select distinct on (r.person_id) r.person_id, r.town_name, r.block, r.building
  from people_residence r {asked_r}
  where upper(r.known) is null
    and (upper(r.valid) is null or exists (select 1 from people_closing c
      where c.person_id = r.person_id and upper(c.known) is null and c.planned and lower(c.valid) = upper(r.valid)))
    and not exists (select 1 from people_protection p where p.person_id = r.person_id and p.ended_on is null)
  order by r.person_id, lower(r.valid) desc
), addresses as materialized (
  select town_name, block, building,
    address_fold(town_name || block) || case when building = '' then '' else ' ' || address_fold(building) end as address
  from (select distinct town_name, block, building from homes) as one
), namings as materialized (
  select n.* from people_naming n {asked_n} where upper(n.known) is null
), spellings as materialized (
  select family, given, family_kana, given_kana, kana_fold(family_kana || given_kana) as reading,
    kana_fold(given_kana) as given_reading, kanji_fold(family || given) as writing, kanji_fold(given) as given_writing
  from (select distinct family, given, family_kana, given_kana from namings) as one
), written as (
  select 1 as place, n.person_id, n.born, n.valid, case when upper(n.valid) is null then '氏名' else '前の氏名' end as kind,
    s.reading, s.given_reading, s.writing, s.given_writing, trim('　' from n.family || '　' || n.given) as shown
  from namings n join spellings s using (family, given, family_kana, given_kana)
  union all
  select 2, n.person_id, n.born, n.valid, '旧氏', kana_fold(n.former_family_kana || n.given_kana), kana_fold(n.given_kana),
    kanji_fold(n.former_family || n.given), kanji_fold(n.given), n.former_family || '　' || n.given
  from namings n where n.former_family <> ''
  union all
  select 3, n.person_id, n.born, n.valid, '通称', kana_fold(n.alias_kana), '', kanji_fold(n.alias), '', n.alias
  from namings n where n.alias <> ''
  union all
  select 4, n.person_id, n.born, n.valid, 'ローマ字', latin_fold(n.alphabet),
    latin_fold(substr(n.alphabet, strpos(n.alphabet || ' ', ' ') + 1)), '', '', n.alphabet
  from namings n where n.alphabet <> ''
), names as (
  select distinct on (person_id, reading collate "C", writing collate "C", born) *
  from written where reading <> '' or writing <> ''
  order by person_id, reading collate "C", writing collate "C", born, upper(valid) desc nulls first, place
)
select n.person_id, n.kind, n.reading, n.given_reading, n.writing, n.given_writing, n.shown, n.born, coalesce(a.address, '')
from names n left join homes h using (person_id) left join addresses a using (town_name, block, building)
order by n.reading collate "C", n.born, n.person_id;
"""
SOME = KEYS.format(
    asked_r="join unnest(ids) asked (id) on asked.id = r.person_id",
    asked_n="join unnest(ids) asked (id) on asked.id = n.person_id",
)
EVERYBODY = KEYS.format(asked_r="", asked_n="")
FUNCTIONS = f"""
create function people_reindex_some(ids bigint[]) returns void language plpgsql as $$  -- which keeps its plans
begin
delete from people_personsearch where person_id = any(ids);
{SOME}
end $$;
create function people_reindex_everybody() returns void language sql as $$
delete from people_personsearch;
{EVERYBODY}
$$;
create or replace function people_reindex(ids bigint[]) returns void language plpgsql as $$
begin
  if ids is null then perform people_reindex_everybody(); else perform people_reindex_some(ids); end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_one_subject")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
