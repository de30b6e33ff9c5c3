"""A migration that makes all tables of a room at once, for a database that has none of them.

Django draws the models anew after each operation that touches a relation. For a few hundred
operations that took more than a minute; here they are drawn once a room.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from pgtrigger.compiler import Trigger


class AllAtOnce(migrations.Migration):
    """Makes the tables in their last shape; the models' triggers stand in their options."""

    initial = True

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002  (Django's signature)
    ) -> ProjectState:
        """Take the state to its end first, then let every operation work towards that end.

        Keys to tables that another operation makes are set last of all, as Django always does.
        """
        vars(project_state).pop("apps", None)
        self.mutate_state(project_state, preserve=False)
        for operation in self.operations:
            if collect_sql and not operation.reduces_to_sql:
                schema_editor.collected_sql.append(f"-- NOT SQL: {operation.describe()}")
                continue
            operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
            if isinstance(operation, migrations.CreateModel):
                for trigger in _triggers(operation.options):
                    schema_editor.execute(trigger.install_sql, params=None)
        return project_state


def _triggers(options: dict[str, Any]) -> list[Trigger]:
    return list(options.get("triggers", ()))
