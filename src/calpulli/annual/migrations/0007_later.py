"""What comes or goes after a report waits apart; who withdrew a batch, and when.

`Later` begins empty: no institute had reports before it. Where there were any, `tallies.make_again` counts what waits.
"""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("annual", "0006_of_people")]

    operations = [
        migrations.AddField(model_name="deliverybatch", name="withdrawn_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="deliverybatch",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="Later",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveIntegerField(help_text="year * 12 + month - 1.")),
                ("district", models.SlugField(blank=True, max_length=60)),
                ("units", models.PositiveIntegerField(help_text="In one delivery.")),
                ("deliveries", models.BigIntegerField()),
                ("women", models.BigIntegerField()),
                ("men", models.BigIntegerField()),
                ("unsaid", models.BigIntegerField()),
                (
                    "of",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="later", to="annual.activity"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("of", "month", "district", "units"), name="annual_later_once")],
            },
        ),
    ]
