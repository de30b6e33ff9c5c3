from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0016_fill_figures_of_outcomes'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='runoutcome',
            name='invoice',
        ),
    ]
