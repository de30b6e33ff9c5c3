#!/usr/bin/env python
"""The command line of the project."""

import os
import sys

NEEDS_NO_DATABASE = frozenset(
    {
        "",
        "help",
        "version",
        "collectstatic",
        "compilemessages",
        "makemessages",
        "spectacular",
    }
)
# These look after the tables themselves, or are about them.
MAKES_TABLES = frozenset(
    {
        "bench",
        "check",
        "dbshell",
        "makemigrations",
        "migrate",
        "prepare",
        "showmigrations",
        "sqlmigrate",
    }
)


def main() -> int:
    """Run a management command, with the embedded database unless a server is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psa.settings.embedded")
    from psa import embedded, env  # noqa: PLC0415  (a wrong setting is told, not traced)
    from psa.embedded.tables import make_missing_tables  # noqa: PLC0415  (as above)

    try:
        if _needs_database(sys.argv[1:]):
            embedded.ensure_database()
            if sys.argv[1] not in MAKES_TABLES:
                make_missing_tables()
        from django.core.management import execute_from_command_line  # noqa: PLC0415  (slow)

        execute_from_command_line(sys.argv)
    except (embedded.EmbeddedProblem, env.SettingWrong) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _needs_database(arguments: list[str]) -> bool:
    command = arguments[0] if arguments else ""
    return (
        command not in NEEDS_NO_DATABASE
        and not command.startswith("-")
        and "--help" not in arguments
        and "-h" not in arguments
    )


if __name__ == "__main__":
    sys.exit(main())
