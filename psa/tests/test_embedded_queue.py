"""The embedded queue, and what its users share."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from psa.embedded.locks import wait_for
from psa.env import CHECKOUT
from psa.tests.embedded_support import is_gone, open_folder

pytestmark = pytest.mark.slow

KILL_AND_LOOK_AGAIN = """
import json, os, signal, time, redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry
from psa import embedded
embedded.ensure_queue()
again = Retry(ConstantBackoff(0.1), 100)
client = redis.Redis.from_url(embedded.cache_url(0), retry=again,
    retry_on_error=[redis.exceptions.ConnectionError, redis.exceptions.BusyLoadingError])
for number in range(50):
    client.rpush("tasks", number)
time.sleep(1.1)
server = client.info("server")["process_id"]
os.kill(server, signal.SIGKILL)
left = client.llen("tasks")
now = client.info("server")["process_id"]
client.close()
print(json.dumps({"left": left, "before": server, "now": now}))
"""


def test_queued_tasks_survive_the_killing_of_the_queue() -> None:
    with open_folder() as folder:
        done = run_with(folder, KILL_AND_LOOK_AGAIN)

    found = json.loads(done)
    assert found["left"] == 50
    assert found["now"] != found["before"]
    assert wait_for(lambda: is_gone(found["now"]), 10)


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    keys = {run_with(tmp_path, SHOW_KEY) for _ in range(2)}

    assert len(keys) == 1
    assert len(keys.pop()) > 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


SHOW_KEY = "from psa import embedded, env; print(embedded.secret_key(env.data_folder()))"


def run_with(folder: Path, script: str) -> str:
    kept = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=CHECKOUT,
        env={**kept, "PSA_DATA_DIR": str(folder), "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
