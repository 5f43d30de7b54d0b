import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Whatever columns an event has or gets: only a person's words may be taken out of a reason.
FORBID = """
CREATE OR REPLACE FUNCTION booking_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.reason = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'booking events are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
FORBID_AS_BEFORE = """
CREATE OR REPLACE FUNCTION booking_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.reason = ''
       AND (NEW.booking_id, NEW.at, NEW.verb, NEW."by", NEW.actor_id, NEW.before, NEW.after)
           IS NOT DISTINCT FROM (OLD.booking_id, OLD.at, OLD.verb, OLD."by", OLD.actor_id, OLD.before, OLD.after) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'booking events are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0007_skipped_messages_by_their_use'),
        ('locations', '0002_told_of_failures'),
        ('therapists', '0003_what_therapists_are_told'),
        ('treatments', '0004_steps_by_any_way'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='bookingevent',
            name='act',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='before_length',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='treatments.length'),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='before_location',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='locations.location'),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='before_price',
            field=models.DecimalField(decimal_places=2, max_digits=8, null=True),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='before_room',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='locations.room'),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='before_therapist',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='therapists.therapist'),
        ),
        migrations.AddField(
            model_name='bookingevent',
            name='cause',
            field=models.CharField(blank=True, choices=[('client', 'the client'), ('studio', 'the studio'), ('illness', 'illness')], max_length=7),
        ),
        migrations.AddIndex(
            model_name='bookingevent',
            index=models.Index(models.F('act'), condition=models.Q(('act__isnull', False)), name='event_by_act'),
        ),
        migrations.AddConstraint(
            model_name='bookingevent',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['', 'client', 'studio', 'illness'])), name='event_cause_known', violation_error_message='A cancellation comes from the client, the studio or an illness.'),
        ),
        migrations.RunSQL(FORBID, FORBID_AS_BEFORE),
    ]
