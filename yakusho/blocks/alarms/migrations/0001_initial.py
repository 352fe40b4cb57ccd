"""警報 What rang: nobody takes it away, and only its end is added."""

from django.db import migrations, models

FENCE = """
revoke update, delete on alarms_alarm from yakusho_app;
grant update (gone_at, finding, closed_at, closed_by) on alarms_alarm to yakusho_app;
create function alarms_alarm_guard() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null then
    raise exception 'a closed alarm stays as it is' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger alarms_alarm_guard before update on alarms_alarm for each row execute function alarms_alarm_guard();
"""
UNDO = """
drop trigger alarms_alarm_guard on alarms_alarm; drop function alarms_alarm_guard();
grant update, delete on alarms_alarm to yakusho_app;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(choices=[('record_late', '監査記録の署名が遅れています'), ('depot_away', '変更の記録を控えの置き場所に運べません'), ('backup_old', '完成した控えが古いか、まだありません')], max_length=20, verbose_name='理由')),
                ('raised_at', models.DateTimeField(verbose_name='発生日時')),
                ('gone_at', models.DateTimeField(null=True, verbose_name='解消日時')),
                ('finding', models.CharField(blank=True, default='', max_length=500, verbose_name='調査結果')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='終了日時')),
                ('closed_by', models.BigIntegerField(null=True, verbose_name='終了した人')),
            ],
            options={
                'verbose_name': '警報',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('cause',), name='alarms_one_open_for_each_cause'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('finding', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('gone_at__isnull', False), models.Q(('finding', ''), _negated=True)), _connector='OR'), name='alarms_closed_with_a_finding'), models.CheckConstraint(condition=models.Q(('gone_at__isnull', True), ('gone_at__gte', models.F('raised_at')), _connector='OR'), name='alarms_gone_after_raised'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('gone_at')), _connector='OR'), name='alarms_closed_after_gone')],
            },
        ),
        migrations.RunSQL(FENCE, UNDO),
    ]
