from django.db import migrations

ROLES = ("front desk", "therapist", "studio admin")


def add_roles(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_user_and_attempt")]

    operations = [migrations.RunPython(add_roles, remove_roles)]
