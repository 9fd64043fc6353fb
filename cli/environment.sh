#!/bin/sh
# Finds a suitable Python and has it make .venv; ./run and ./test call this with a requirement file.
set -eu

without_venv=
for python in .venv/bin/python python3 python3.13 python3.12 python3.11 python3.14; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -I -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null || continue
    if "$python" -I -c 'import ensurepip, venv' 2>/dev/null; then
        exec "$python" -I cli/environment.py "$@"
    fi
    without_venv=$python
done

if [ -n "$without_venv" ]; then
    echo "pathways: $without_venv is here, but without venv. On Debian and Ubuntu: apt install python3-venv" >&2
else
    echo "pathways: needs Python 3.11, 3.12, 3.13 or 3.14 on the PATH, and found none." >&2
fi
exit 1
