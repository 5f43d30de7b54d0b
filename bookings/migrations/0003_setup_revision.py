from django.db import migrations, models

SETUP_TABLES = [
    "locations_studio",
    "locations_location",
    "locations_openinghours",
    "locations_room",
    "locations_prop",
    "therapists_style",
    "therapists_therapist",
    "therapists_therapist_styles",
    "therapists_certificate",
    "therapists_certificate_styles",
    "therapists_workinghours",
    "therapists_limit",
    "treatments_treatment",
    "treatments_length",
    "treatments_therapisttreatment",
]
FUNCTION = """
CREATE FUNCTION setup_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO bookings_setuprevision (id, number) VALUES (1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;
INSERT INTO bookings_setuprevision (id, number) VALUES (1, gen_random_uuid());
"""
WATCH = (
    "CREATE TRIGGER setup_changes AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {} "
    "FOR EACH STATEMENT EXECUTE FUNCTION setup_changes();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0002_events_are_append_only"),
        ("locations", "0001_studio_locations_rooms"),
        ("therapists", "0001_therapists_and_hours"),
        ("treatments", "0001_menu_and_guidance"),
    ]

    operations = [
        migrations.CreateModel(
            name="SetupRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION setup_changes();"),
        *[migrations.RunSQL(WATCH.format(table), f"DROP TRIGGER setup_changes ON {table};") for table in SETUP_TABLES],
    ]
