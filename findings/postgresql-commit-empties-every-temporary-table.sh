#!/usr/bin/env bash
# A commit that used one temporary table with ON COMMIT DELETE ROWS empties all of the session's temporary tables of that kind, also
# those that are empty already, and their indexes and toast tables: with 40 of them each such commit takes many times as long as with one. A
# commit that used none of them is not slowed. A larger temp_buffers makes each commit slower still, because all of its buffers are
# looked through for every table.
# Guess before running it: a commit empties the tables that its transaction wrote to; a larger temp_buffers never costs anything.
# So: one staging table used in turns is cheaper than one for each target, where commits are small.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later, a JDK and Maven, or the wrapper beside this folder (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_client
for version in 17.11.0 18.6.0; do
    postgres_start "pg-$version" "$version" synchronous_commit=off
    "$work/client/bin/python" - <<'PYTHON'
import statistics
import time

import psycopg


def session(buffers, tables):
    connection = psycopg.connect(autocommit=True)
    connection.execute(f"SET temp_buffers = '{buffers}'")
    for nr in range(tables):
        connection.execute(f"CREATE TEMP TABLE stage{nr} (nr int, name text) ON COMMIT DELETE ROWS")
    return connection


def commit(connection, statement):
    with connection.transaction():
        connection.execute(statement)
        start = time.perf_counter()
    return time.perf_counter() - start


USE, READ = "INSERT INTO stage0 VALUES (1, 'Ada')", "SELECT 1"
sessions = {
    ("8MB", 1, USE): session("8MB", 1),
    ("8MB", 40, USE): session("8MB", 40),
    ("8MB", 40, READ): session("8MB", 40),
    ("1GB", 40, USE): session("1GB", 40),
}
seen = {key: [] for key in sessions}
for _ in range(15):
    for key, connection in sessions.items():
        seen[key].append(commit(connection, key[2]))
print("PostgreSQL", psycopg.connect().execute("SHOW server_version").fetchone()[0])
median = {key: statistics.median(times) * 1000 for key, times in seen.items()}
for (buffers, tables, statement), milliseconds in median.items():
    used = "one of them used" if statement == USE else "none of them used"
    print(f"  temp_buffers {buffers}, {tables} temporary tables, {used}: a commit takes {milliseconds:.2f} ms")
one, many, unused, large = median.values()
assert many > 4 * one and many > 4 * unused and large > 1.2 * many
PYTHON
done
