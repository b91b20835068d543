"""The database refuses to change or delete an event."""

from django.db import migrations

from frankpledge.web.audit.append_only import guard, unguard


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (
        migrations.RunPython(
            lambda _, editor: guard(editor.connection), lambda _, editor: unguard(editor.connection)
        ),
    )
