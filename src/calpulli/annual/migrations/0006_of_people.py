"""Whether the unit of an activity counts people: nobody said it of those that were before, and they are told as if it did.

No institute had an approved exercise before this column; of one that had, only an act could answer it.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annual", "0005_terms")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="of_people",
            field=models.BooleanField(help_text="Whether its unit counts people; none: of before it was asked.", null=True),
        ),
    ]
