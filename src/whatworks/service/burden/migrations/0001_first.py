from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AnswerUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ask", models.CharField(max_length=40)),
                ("question", models.CharField(max_length=40)),
                ("place", models.CharField(max_length=40)),
                ("reader", models.CharField(blank=True, max_length=20)),
                ("day", models.DateField()),
                ("times", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("-day", "ask", "question", "place", "reader"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ask", "question", "place", "reader", "day"),
                        name="a_use_is_counted_in_one_row",
                    )
                ],
            },
        ),
    ]
