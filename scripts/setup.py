"""Set the checkout up, unless this Python is too old; then one sentence says so.

Written so that any Python can read it; ``install.py`` beside it does the work.
"""

import sys

OLDEST_PYTHON = (3, 11)
TOO_OLD = (
    "Fixpoint needs Python 3.11 or later, but {0} is {1[0]}.{1[1]}.{1[2]}; "
    "name another one, for example with `make run PYTHON=python3.12`."
)

if sys.version_info < OLDEST_PYTHON:
    sys.exit(TOO_OLD.format(sys.executable, sys.version_info))

if __name__ == "__main__":
    from install import main  # type: ignore[import-not-found]  # beside this file

    sys.exit(main(sys.argv[1:]))
