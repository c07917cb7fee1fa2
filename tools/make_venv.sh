#!/bin/sh
# Make .venv with the pinned packages of a lock file and this package itself.
# Usage: tools/make_venv.sh LOCK STAMP      (called by the Makefile)
# Anything that fails says in one sentence what was expected, what came and what to do.
set -u
lock=$1 stamp=$2
venv=.venv
need_mb=4000

fail() { printf '\n%s\n' "$*" >&2; exit 1; }

suitable() { # Python 3.11 to 3.13, with the module that makes environments
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
        >/dev/null 2>&1
}

find_python() {
    for candidate in "${PYTHON:-}" python3 python python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && suitable "$candidate"; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

if ! [ -x $venv/bin/python ] || ! suitable $venv/bin/python; then
    found=$(python3 --version 2>&1 || echo 'no python3')
    python=$(find_python) || fail "The course needs Python 3.11, 3.12 or 3.13 with its venv module, and found only: $found. Install one (on Debian or Ubuntu: python3 and python3-venv) or name it: make venv PYTHON=/path/to/python3.12"
    free_mb=$(df -Pm . | awk 'NR == 2 {print $4}')
    [ "$free_mb" -ge $need_mb ] || fail "The course needs $need_mb MB of free disk to install and this disk has $free_mb MB: free some space and call make again."
    echo "Making $venv with $("$python" --version) ..."
    rm -rf $venv
    "$python" -m venv $venv || fail "Python could not make the environment $venv: see the lines above."
fi

echo "Installing $(grep -c '^[a-z]' "$lock") pinned packages (about 480 MB to download the first time) ..."
errors=$venv/install-errors.log
# --no-deps: the lock is complete, and leaves out on purpose what no lesson uses (tools/lock_overrides.txt).
if ! $venv/bin/python -m pip install --disable-pip-version-check --retries 2 --timeout 30 --no-deps \
        -r "$lock" 2>"$errors"; then
    if grep -qi 'no space left' "$errors"; then
        fail "The disk is full: free $need_mb MB and call make again; what was downloaded is kept."
    elif grep -qiE 'connection|resolution|timed out|no matching distribution|network|proxy|SSL' "$errors"; then
        fail "The package index cannot be reached or lacks a package: check the network (or pip's index setting) and call make again. Details: $errors"
    fi
    fail "pip could not install $lock. Details: $errors"
fi
$venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 2>"$errors" \
    || fail "pip could not install the course package itself. Details: $errors"
mkdir -p $venv/share/jupyter/lab/settings
cp tools/lab_settings.json $venv/share/jupyter/lab/settings/overrides.json
touch "$stamp"
