#!/bin/sh
# Make .venv with the pinned packages of a lock file and this package itself.
# Usage: tools/make_venv.sh LOCK STAMP      (called by the Makefile; PYTHON names the Python)
# Anything that fails says in one sentence what was expected, what came and what to do, in Spanish
# where the system speaks Spanish and in English elsewhere.
set -u
lock=$1 stamp=$2
venv=.venv
need_mb=4000

case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
    es*) say() { printf '%s\n' "$1"; } ;;
    *) say() { printf '%s\n' "$2"; } ;;
esac
fail() { { echo; say "$1" "$2"; } >&2; exit 1; } # in Spanish, in English

suitable() { # Python 3.11 to 3.13, with the module that makes environments
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
        >/dev/null 2>&1
}

find_python() { # the one that was asked for and no other, or the first of the usual names
    [ -n "${PYTHON:-}" ] && set -- "$PYTHON" || set -- python3 python python3.13 python3.12 python3.11
    for candidate; do
        if suitable "$candidate"; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    return 1
}

if ! [ -x $venv/bin/python ] || ! suitable $venv/bin/python; then
    asked=${PYTHON:-python3}
    found=$("$asked" --version 2>&1) || found="$asked: ?"
    python=$(find_python) || fail \
        "El curso necesita Python 3.11, 3.12 o 3.13 con su módulo venv, y solo encuentra: $found. Instala uno (en Debian o Ubuntu: python3 y python3-venv) o indica cuál: make lab PYTHON=/ruta/a/python3.12" \
        "The course needs Python 3.11, 3.12 or 3.13 with its venv module, and found only: $found. Install one (on Debian or Ubuntu: python3 and python3-venv) or name it: make lab PYTHON=/path/to/python3.12"
    free_mb=$(df -Pm . | awk 'NR == 2 {print $4}')
    [ "$free_mb" -ge $need_mb ] || fail \
        "El curso necesita $need_mb MB libres en el disco para instalarse y quedan $free_mb MB: libera espacio y repite la orden." \
        "The course needs $need_mb MB of free disk to install and this disk has $free_mb MB: free some space and call make again."
    version=$("$python" --version)
    say "Preparando $venv con $version ..." "Making $venv with $version ..."
    rm -rf $venv
    "$python" -m venv $venv || fail \
        "Python no ha podido crear el entorno $venv: mira las líneas de arriba." \
        "Python could not make the environment $venv: see the lines above."
fi

count=$(grep -c '^[a-z]' "$lock")
say "Instalando $count paquetes (la primera vez se descargan unos 480 MB) ..." \
    "Installing $count pinned packages (about 480 MB to download the first time) ..."
errors=$venv/install-errors.log
# --no-deps: the lock is complete, and leaves out on purpose what no lesson uses (tools/lock_overrides.txt).
if ! $venv/bin/python -m pip install --disable-pip-version-check --retries 2 --timeout 30 --no-deps \
        -r "$lock" 2>"$errors"; then
    if grep -qi 'no space left' "$errors"; then
        fail "El disco está lleno: libera $need_mb MB y repite la orden; lo ya descargado se conserva." \
            "The disk is full: free $need_mb MB and call make again; what was downloaded is kept."
    elif grep -qiE 'connection|resolution|timed out|no matching distribution|network|proxy|SSL' "$errors"; then
        fail "No se llega al índice de paquetes, o le falta uno: revisa la red (o el índice de pip) y repite la orden. Detalles: $errors" \
            "The package index cannot be reached or lacks a package: check the network (or pip's index setting) and call make again. Details: $errors"
    fi
    fail "pip no ha podido instalar $lock. Detalles: $errors" \
        "pip could not install $lock. Details: $errors"
fi
$venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . 2>"$errors" \
    || fail "pip no ha podido instalar el paquete del curso. Detalles: $errors" \
        "pip could not install the course package itself. Details: $errors"
# Compiled now, as pip does with its packages: whoever may not write here later starts as fast.
$venv/bin/python -m compileall -q course_utils
mkdir -p $venv/share/jupyter/lab/settings
cp tools/lab_settings.json $venv/share/jupyter/lab/settings/overrides.json
mkdir -p $venv/etc/jupyter
for reader in server nbconvert; do # JupyterLab's menu, and the command
    cp tools/export_settings.json $venv/etc/jupyter/jupyter_${reader}_config.json
done
touch "$stamp"
