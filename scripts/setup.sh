#!/usr/bin/env bash
# Everything from a fresh clone to a trained model: the environment in .venv, then encoder and model.
# Quick when nothing has changed. Every stop says what was wrong and what to do.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*" >&2; }
stop() { printf 'Lamplight cannot be set up: %s\n' "$*" >&2; exit 1; }

find_python() {
  if [ -n "${PYTHON:-}" ]; then echo "$PYTHON"; return; fi
  for candidate in python3.11 python3 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      echo "$candidate"; return
    fi
  done
  if command -v uv >/dev/null 2>&1; then
    say "fetching Python 3.11 with uv"
    uv python install 3.11 >&2 && uv python find 3.11 && return
  fi
  return 1
}

need_space() {  # gigabytes
  local free
  free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }')
  [ "$free" -ge "$1" ] || stop "the disk has ${free} GB free and ${1} GB are needed. Free some space and run make again."
}

stamp=.venv/.requirements
if ! cmp -s requirements.txt "$stamp"; then
  python=$(find_python) || stop "Python 3.11 is missing. Install it (Debian: apt install python3.11 python3.11-venv; macOS: brew install python@3.11; or https://docs.astral.sh/uv/), or set PYTHON to it, and run make again."
  "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || stop "$python is not Python 3.11. Set PYTHON to a Python 3.11."
  need_space 7
  say "setting up Python packages in .venv (about two minutes, once)"
  "$python" -m venv .venv || stop "the virtual environment could not be made. On Debian install python3.11-venv."
  pip() { .venv/bin/python -m pip --disable-pip-version-check --quiet "$@" 2> >(grep -v WARNING >&2); }
  { pip install "$(grep '^torch==' requirements.txt)" && pip install --no-deps --ignore-requires-python -r requirements.txt; } ||
    stop "the packages could not be installed. Check that the package index is reachable and that the disk is not full, then run make again."
  cp requirements.txt "$stamp"
fi

need_space 1
say "bringing encoders and model up to date (about ten minutes the first time, seconds afterwards)"
.venv/bin/python -m bot train
