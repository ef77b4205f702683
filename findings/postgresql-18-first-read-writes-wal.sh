#!/usr/bin/env bash
# In PostgreSQL 18 the first SELECT over a table that COPY filled writes more to the write-ahead log than the COPY itself did: a full
# image of every page. Replicas and the archive of a server that is loaded and then verified get the data twice and more.
# Guess before running it: reading writes nothing to the log, as in 17.
# Why: initdb turns data checksums on since 18 (release notes of 18, "Change initdb to default to enabling data checksums"), and with
# them the hint bits that the first reader sets are logged with the whole page, once a checkpoint has passed. COPY FREEZE leaves
# nothing for the reader, which is shown too.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later, a JDK and Maven, or the wrapper beside this folder (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_client
for version in 17.11.0 18.6.0; do
    postgres_start "pg-$version" "$version" autovacuum=off max_wal_size=2GB
    "$work/client/bin/python" - "$version" <<'PYTHON'
import sys

import psycopg

ROWS = "".join(f"{nr}\tname {nr}\t{nr * 7 % 1000}\n" for nr in range(100_000))


def wal(connection):
    return connection.execute("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint").fetchone()[0]


def copy(connection, options=""):
    with connection.transaction():
        connection.execute("DROP TABLE IF EXISTS people")
        connection.execute("CREATE TABLE people (nr bigint, name text, shop int)")
        before = wal(connection)
        with connection.cursor().copy("COPY people FROM STDIN" + options) as data:
            data.write(ROWS)
    return wal(connection) - before


def read(connection):
    connection.execute("CHECKPOINT")
    before = wal(connection)
    connection.execute("SELECT count(*) FROM people")
    return wal(connection) - before


with psycopg.connect(autocommit=True) as connection:
    version = connection.execute("SHOW server_version").fetchone()[0]
    checksums = connection.execute("SHOW data_checksums").fetchone()[0]
    loaded = copy(connection)
    first, second = read(connection), read(connection)
    copy(connection, " (FREEZE)")
    frozen = read(connection)
    print(f"PostgreSQL {version}, data checksums {checksums}: log in bytes: COPY {loaded:,}; first SELECT {first:,}; "
          f"second SELECT {second:,}; first SELECT after COPY FREEZE {frozen:,}")
    if sys.argv[1].startswith("17"):
        assert first < loaded / 10
    else:
        assert first > loaded and second < loaded / 10 and frozen < loaded / 10
PYTHON
done
