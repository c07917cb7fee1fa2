#!/bin/sh
# Compile the two lock files, one set for Python 3.11 to 3.13 on Linux, macOS and Windows.
set -eu
compile() {
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --no-annotate \
        --override tools/lock_overrides.txt --custom-compile-command 'make lock' \
        pyproject.toml tools/lock_extra.txt "$@"
}
compile --extra lab --upgrade --output-file requirements.txt
compile --extra test --constraint requirements.txt --upgrade --output-file tests/requirements.txt
