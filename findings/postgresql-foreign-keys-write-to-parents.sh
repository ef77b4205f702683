#!/usr/bin/env bash
# Loading child rows with a foreign key in place writes several times their own size to the write-ahead log when each has a parent of
# its own: the check locks the parent, and that lock is stored in the parent's row, on its page. The parents' table is rewritten
# although nobody changed it. Deferring the constraint moves the time to the commit and saves none of the log; adding the constraint
# after the load checks the same rows, locks none and writes next to nothing.
# Guess before running it: a foreign key costs reads and time, but writes nothing.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later, a JDK and Maven, or the wrapper beside this folder (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_client
for version in 17.11.0 18.6.0; do
    postgres_start "pg-$version" "$version" autovacuum=off max_wal_size=2GB
    "$work/client/bin/python" - <<'PYTHON'
import psycopg

COUNT = 50_000
ROWS = "".join(f"{nr}\t{nr}\tname {nr}\n" for nr in range(COUNT))


def wal(connection):
    return connection.execute("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint").fetchone()[0]


def load(connection, constraint="", after=None):
    connection.execute("DROP TABLE IF EXISTS children")
    connection.execute(f"CREATE TABLE children (nr int, parent int {constraint}, name text)")
    connection.execute("VACUUM (FREEZE) parents")
    connection.execute("CHECKPOINT")
    before = wal(connection)
    with connection.cursor().copy("COPY children FROM STDIN") as data:
        data.write(ROWS)
    if after:
        connection.execute(after)
    return wal(connection) - before


with psycopg.connect(autocommit=True) as connection:
    print("PostgreSQL", connection.execute("SHOW server_version").fetchone()[0])
    connection.execute("CREATE TABLE parents (nr int PRIMARY KEY, name text)")
    connection.execute(f"INSERT INTO parents SELECT nr, repeat('x', 50) FROM generate_series(0, {COUNT} - 1) nr")
    none = load(connection)
    kept = load(connection, "REFERENCES parents")
    deferred = load(connection, "REFERENCES parents DEFERRABLE INITIALLY DEFERRED")
    added = load(connection, after="ALTER TABLE children ADD FOREIGN KEY (parent) REFERENCES parents")
    print(f"  {COUNT:,} children of {COUNT:,} parents: log in bytes: no constraint {none:,}; constraint in place {kept:,}; "
          f"deferred {deferred:,}; added afterwards {added:,}")
    assert kept > 3 * none and deferred > 3 * none and added < 1.5 * none
PYTHON
done
