"""A large import tells the planner what has come, or every check would look through everything: only the owner may analyze."""

from django.db import migrations

FRESH = """
create function resident_exchange_fresh_statistics() returns void language sql security definer
  set search_path = public, pg_temp as $$
  analyze people_naming, people_residence, people_origin, people_foreignstatus, people_personsearch;
$$;
revoke all on function resident_exchange_fresh_statistics() from public;
grant execute on function resident_exchange_fresh_statistics() to yakusho_app;
"""


class Migration(migrations.Migration):
    dependencies = [("resident_exchange", "0002_append_only"), ("people", "0002_truth")]
    operations = [migrations.RunSQL(FRESH, "drop function resident_exchange_fresh_statistics();")]
