"""交付待ち A paper says itself whether it waits at a counter: the queue of a kind is a part of one index, whatever else lies there."""

from django.db import migrations, models

# the request's own word, also where an earlier program writes the paper, which does not know the column
COPIED = """
create function documents_paper_online() returns trigger language plpgsql as $$
begin
  select r.online into new.online from documents_paperrequest r where r.id = new.request_id;
  return new;
end $$;
create trigger documents_paper_online before insert on documents_paper
  for each row execute function documents_paper_online();
"""
UNDO = "drop trigger documents_paper_online on documents_paper; drop function documents_paper_online();"


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_build")]
    operations = [
        migrations.AddField(
            model_name="paper",
            name="online",
            field=models.BooleanField(db_default=False, default=False, verbose_name="オンライン申請"),
        ),
        migrations.RunSQL(COPIED, UNDO),
    ]
