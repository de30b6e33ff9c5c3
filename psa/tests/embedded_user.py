"""A process that uses the embedded servers of ``PSA_DATA_DIR`` until its input ends.

Run by the tests of the launcher. It says on one line what it found, as JSON.
"""

import json
import sys
from pathlib import Path

import psycopg2

from psa import embedded, env
from psa.embedded.paths import Place
from psa.embedded.postgres import EXTENSIONS


def main() -> int:
    """Use the database, tell about it, wait."""
    embedded.use_for_tests()
    try:
        embedded.ensure_database()
    except embedded.EmbeddedProblem as problem:
        print(json.dumps({"problem": str(problem)}), flush=True)  # noqa: T201  (its output is what the test reads)
        return 1
    print(json.dumps(_describe()), flush=True)  # noqa: T201  (its output is what the test reads)
    sys.stdin.read()
    return 0


def _describe() -> dict[str, object]:
    place = Place(env.data_folder() / "test", is_durable=False)
    server = int((place.cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
    line = psycopg2.connect(embedded.database_url())
    with line, line.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, lower('ÉTÉ'), count(*)"
            " FROM pg_available_extensions WHERE name = ANY(%s)",
            [list(EXTENSIONS)],
        )
        version, lowered, extensions = cursor.fetchone() or (0, "", 0)
    line.close()
    return {
        "server": server,
        "owner": Path(f"/proc/{server}").stat().st_uid,
        "cluster": str(place.cluster),
        "major": version // 10_000,
        "lowered": lowered,
        "extensions": extensions,
    }


if __name__ == "__main__":
    sys.exit(main())
