from django.db import migrations

FORBID = """
CREATE FUNCTION booking_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A person's words may be taken out of a reason; everything else stays as it was written.
    IF TG_OP = 'UPDATE' AND NEW.reason = ''
       AND (NEW.booking_id, NEW.at, NEW.verb, NEW."by", NEW.actor_id, NEW.before, NEW.after)
           IS NOT DISTINCT FROM (OLD.booking_id, OLD.at, OLD.verb, OLD."by", OLD.actor_id, OLD.before, OLD.after) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'booking events are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER booking_event_is_append_only BEFORE UPDATE OR DELETE ON bookings_bookingevent
    FOR EACH ROW EXECUTE FUNCTION booking_event_is_append_only();
"""
ALLOW = """
DROP TRIGGER booking_event_is_append_only ON bookings_bookingevent;
DROP FUNCTION booking_event_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_booking_event_message")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
