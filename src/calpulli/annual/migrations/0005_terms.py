"""The terms of what was returned, and since when a report has what makes it fulfilled.

Nothing is filled: no institute had reports before these columns. Where there were any, `met_on` would be for an act to say,
since a row changed by a migration no longer is what its fact attests.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annual", "0004_spreads"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="again_on",
            field=models.DateField(help_text="Returned: by when it is to be sent again; null: no other term.", null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="met_on",
            field=models.DateField(help_text="Since when it has evidence and reaches the goal; null: it does not.", null=True),
        ),
    ]
