#!/usr/bin/env bash
# Write the locked lists of packages from what is asked for, for every Python from 3.11 up.
# Versions stay as they are unless an option such as --upgrade says otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."

for name in requirements requirements-embedded requirements-dev scripts/tools/uv scripts/tools/node; do
  echo "• $name.txt"
  .venv/bin/uv pip compile "$name.in" --output-file "$name.txt" --quiet \
    --universal --python-version 3.11 --generate-hashes --system-certs \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
done
