#!/bin/sh
# A throw-away PostgreSQL server for the tests: nothing it holds survives, nothing else on the machine is touched.
#
#   scripts/postgresql.sh install    install Debian's postgresql (as root), if no server program is there
#   scripts/postgresql.sh start      start one, or find the one started before; prints the URL for
#                                    JOBCENTRE_TEST_POSTGRESQL and nothing else
#   scripts/postgresql.sh stop       stop it and remove its folder
#
# POSTGRESQL_FOLDER names another folder (default: one for each user in the temporary folder).
set -eu

FOLDER=${POSTGRESQL_FOLDER:-${TMPDIR:-/tmp}/jobcentre-postgresql-$(id -u)}
DATA=$FOLDER/data
OWNER=jobcentre

fail() {
    echo "postgresql.sh: $*" >&2
    exit 1
}

programs() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
        if [ -x "$folder/initdb" ]; then echo "$folder" && return; fi
    done
    if command -v initdb >/dev/null 2>&1; then dirname "$(command -v initdb)" && return; fi
    return 1
}

# initdb and the server refuse to run as root: then the user postgres, which Debian's package makes, runs them.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@")
    else
        "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

is_running() {
    [ -f "$FOLDER/port" ] && as_owner "$BIN/pg_ctl" -D "$DATA" status >/dev/null 2>&1
}

show_url() {
    echo "postgresql://$OWNER@127.0.0.1:$(cat "$FOLDER/port")/postgres"
}

make_folder() {
    # mkdir, not mkdir -p: it fails on a folder or link that somebody else has put there.
    rm -rf "$FOLDER"
    mkdir -m 700 "$FOLDER" || fail "$FOLDER cannot be made: set POSTGRESQL_FOLDER"
    if [ "$(id -u)" -eq 0 ]; then chown postgres: "$FOLDER"; fi
}

start() {
    BIN=$(programs) || fail "there is no PostgreSQL server here: run '$0 install' as root, or install it yourself"
    if is_running; then show_url && return; fi
    make_folder
    as_owner "$BIN/initdb" --pgdata="$DATA" --username="$OWNER" --auth=trust --encoding=UTF8 --locale=C --no-sync \
        >"$FOLDER/initdb.log" 2>&1 || fail "initdb failed: $(tail -n 3 "$FOLDER/initdb.log")"
    # Another program may take the port between our look and the server's start: then look again.
    for _ in 1 2 3 4 5; do
        free_port >"$FOLDER/port"
        if as_owner "$BIN/pg_ctl" -D "$DATA" -l "$DATA/server.log" -w -t 30 start >/dev/null 2>&1 \
            -o "-c listen_addresses=127.0.0.1 -c port=$(cat "$FOLDER/port") -c unix_socket_directories= \
                -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"; then
            show_url && return
        fi
    done
    fail "the server does not start: $(tail -n 3 "$DATA/server.log")"
}

stop() {
    if BIN=$(programs) && is_running; then
        as_owner "$BIN/pg_ctl" -D "$DATA" -m immediate -w stop >/dev/null
    fi
    rm -rf "$FOLDER"
}

install() {
    if programs >/dev/null; then return; fi
    [ "$(id -u)" -eq 0 ] || fail "installing needs root: apt-get install postgresql"
    # Debian would start a server of its own at once; only the programs are wanted.
    mkdir -p /etc/postgresql-common
    [ -f /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq postgresql; } >&2
}

case ${1:-} in
start | stop | install) "$1" ;;
*) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
