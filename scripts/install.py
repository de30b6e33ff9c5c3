"""Install everything into the checkout: packages, browser libraries, translations.

``setup.py`` beside it calls it with the system's Python; ``--tests`` adds what tests need. A step
whose inputs have not changed is not repeated. Needs nothing but the standard library.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST_NODE = 18
CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "setup.json"
LOG = VENV / "setup.log"
TOOLS = CHECKOUT / "scripts" / "tools"
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


NO_CONNECTION = re.compile(
    "name resolution|dns error|ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNREFUSED|ETIMEDOUT"
    "|[Nn]etwork is unreachable|[Cc]onnection (refused|timed out)|error sending request"
)


class SetupProblem(Exception):
    """Set-up cannot go on; the text is one sentence that says why and what to do."""


class NotConnected(SetupProblem):
    """What is missing cannot be fetched."""


def main(arguments: list[str]) -> int:
    """Run the steps that are needed; say which and how long each takes."""
    try:
        make_venv()
        install_packages("requirements-embedded.txt", "Python packages")
        if "--tests" in arguments:
            install_packages("requirements-dev.txt", "Python packages for tests")
        install_assets()
        compile_messages()
    except SetupProblem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the same command goes on from here.", file=sys.stderr)
        return 130
    return 0


def make_venv() -> None:
    """Make ``.venv`` unless it works already, and put uv into it."""
    uv_list = TOOLS / "uv.txt"
    inputs = [uv_list]
    if is_done("venv", inputs, sys.version) and (BIN / "python").exists():
        return
    if not _works(BIN / "python", "-c", "import pip"):
        _make_venv_folder()
    pip: list[str | Path] = [
        BIN / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    if not (BIN / "pip").exists():
        pip = [sys.executable, "-m", "pip", "--python", BIN / "python", "install", "--quiet"]
    try:
        run("The installer", *pip, "--require-hashes", "-r", uv_list)
    except NotConnected:
        raise
    except SetupProblem:
        if not (BIN / "pip").exists():
            raise
        return
    mark_done("venv", inputs, sys.version)


def _make_venv_folder() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, check=False)
    if made.returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if not _works(sys.executable, "-m", "pip", "--version"):
        raise SetupProblem(
            "This Python cannot make a virtual environment; install its venv package "
            "(on Debian and Ubuntu: apt-get install python3-venv)."
        )
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=True)


def install_packages(name: str, title: str) -> None:
    """Install a locked list, whose hashes are checked, by uv or else by pip."""
    wanted = CHECKOUT / name
    if is_done(name, [wanted]):
        return
    options = ["--require-hashes", "-r", str(wanted)]
    uv: list[str | Path] = [
        BIN / "uv",
        "pip",
        "install",
        "--python",
        BIN / "python",
        "--system-certs",
    ]
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "install", "--retries", "1"]
    if not (BIN / "uv").exists():
        run(f"{title}, by pip, which is slower", *pip, *options)
    else:
        try:
            run(title, *uv, *options)
        except NotConnected:
            raise
        except SetupProblem:
            if not (BIN / "pip").exists():
                raise
            run(f"{title}, by pip", *pip, *options)
    mark_done(name, [wanted])


def install_assets() -> None:
    """Fetch the browser libraries and copy the few files of them that are served."""
    scripts = CHECKOUT / "scripts"
    inputs = [CHECKOUT / "package-lock.json", scripts / "assets.py", CHECKOUT / "static/icons.txt"]
    if is_done("assets", inputs) and (CHECKOUT / "static" / "vendor").is_dir():
        return
    npm = find_npm()
    run("Browser libraries", *npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    run("Copying what is served", BIN / "python", scripts / "assets.py")
    mark_done("assets", inputs)


def find_npm() -> list[str | Path]:
    """Return the machine's npm when its Node is new enough, else one from a Python package."""
    npm = shutil.which("npm")
    node = shutil.which("node")
    if npm and node:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        major = re.match(r"v(\d+)", said.stdout)
        if major and int(major.group(1)) >= OLDEST_NODE:
            return [npm]
    install_packages("scripts/tools/node.txt", "Node, because this machine has none")
    return [BIN / "npm"]


def compile_messages() -> None:
    """Compile the translations."""
    catalogues = sorted(CHECKOUT.glob("locale/*/LC_MESSAGES/*.po"))
    is_there = all(path.with_suffix(".mo").exists() for path in catalogues)
    if is_done("messages", catalogues) and is_there:
        return
    run("Translations", BIN / "python", CHECKOUT / "scripts" / "messages.py", "compile")
    mark_done("messages", catalogues)


def run(title: str, *command: str | Path) -> None:
    """Run one step, show the seconds it takes, and keep what it says in the log.

    :raises SetupProblem: it fails
    """
    began = time.monotonic()
    with LOG.open("w+b") as log:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=_environment(),
        )
        while process.poll() is None:
            _show(f"• {title} … {time.monotonic() - began:.0f} s")
            _wait(process)
        log.seek(0)
        said = log.read().decode(errors="replace").strip().splitlines()
    seconds = time.monotonic() - began
    if process.returncode == 0:
        _show(f"• {title}, {seconds:.0f} s", is_last=True)
        return
    _show(f"• {title} failed after {seconds:.0f} s", is_last=True)
    log_name = LOG.relative_to(CHECKOUT)
    if NO_CONNECTION.search("\n".join(said)):
        raise NotConnected(
            "This machine cannot reach the place that packages come from; connect it to the "
            f"internet and run the same command again (more in {log_name})."
        )
    raise SetupProblem(f"{title} could not be installed: {_reason(said)} (more in {log_name})")


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        return
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise


def _reason(said: list[str]) -> str:
    """The most telling line: the first that speaks of an error, else the last."""
    telling = [line.strip() for line in said if "error" in line.lower()]
    return [*telling[:1], *said[-1:], "no reason given"][0]


def _show(text: str, *, is_last: bool = False) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K{text}", end="\n" if is_last else "", flush=True)
    elif is_last:
        print(text, flush=True)


def _environment() -> dict[str, str]:
    """The environment of every step: the checkout's programs first, the system's certificates."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    environment["UV_LINK_MODE"] = os.environ.get("UV_LINK_MODE", "copy")
    environment.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    environment.setdefault("npm_config_fetch_retry_mintimeout", "1000")
    if SYSTEM_CERTIFICATES.exists():
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_CERTIFICATES))
    return environment


def is_done(step: str, inputs: list[Path], also: str = "") -> bool:
    """Say whether the step was done with these very inputs."""
    return _stamps().get(step) == _fingerprint(inputs, also)


def mark_done(step: str, inputs: list[Path], also: str = "") -> None:
    """Remember that the step was done with these inputs."""
    stamps = {**_stamps(), step: _fingerprint(inputs, also)}
    STAMPS.write_text(json.dumps(stamps, indent=1), encoding="utf-8")


def _stamps() -> dict[str, str]:
    try:
        found = json.loads(STAMPS.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(found)


def _fingerprint(inputs: list[Path], also: str) -> str:
    digest = hashlib.sha256(also.encode())
    for path in inputs:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _works(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
