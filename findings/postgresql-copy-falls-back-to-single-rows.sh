#!/usr/bin/env bash
# The write-ahead log of a COPY doubles or triples when the table has one column with a volatile default that COPY does not fill
# (gen_random_uuid(), clock_timestamp()), or a row trigger that does nothing: COPY then stores row by row instead of page by page. A
# default of now() or an identity column does not do that. INSERT … SELECT and CREATE TABLE AS always store row by row: rows that
# come through a staging table cost more than twice the log of rows that COPY puts where they belong.
# Guess before running it: the log of a load is about the rows' size in all of these ways.
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

NUMBERS = range(100_000)
ROWS = "".join(f"{nr}\tname {nr}\t{nr * 7 % 1000}\n" for nr in NUMBERS)
WITH_UUIDS = "".join(f"{nr}\tname {nr}\t{nr * 7 % 1000}\t123e4567-e89b-12d3-a456-{nr:012d}\n" for nr in NUMBERS)


def wal(connection):
    return connection.execute("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint").fetchone()[0]


def load(connection, column="", rows=ROWS, into="nr, name, shop", before=None, statement=None):
    connection.execute("DROP TABLE IF EXISTS people")
    if statement is None or statement.startswith("INSERT"):
        connection.execute(f"CREATE TABLE people (nr bigint, name text, shop int{column})")
    if before:
        connection.execute(before)
    connection.execute("CHECKPOINT")
    start = wal(connection)
    if statement:
        connection.execute(statement)
    else:
        with connection.cursor().copy(f"COPY people ({into}) FROM STDIN") as data:
            data.write(rows)
    return wal(connection) - start


TRIGGER = """CREATE OR REPLACE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
             CREATE TRIGGER nothing BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION nothing()"""

with psycopg.connect(autocommit=True) as connection:
    print("PostgreSQL", connection.execute("SHOW server_version").fetchone()[0])
    connection.execute("CREATE TEMP TABLE stage (nr bigint, name text, shop int)")
    with connection.cursor().copy("COPY stage FROM STDIN") as data:
        data.write(ROWS)
    uuid, time = ", u uuid NOT NULL DEFAULT gen_random_uuid()", ", at timestamptz NOT NULL DEFAULT "
    pairs = {
        "a UUID from the default beside one that was sent": (
            load(connection, uuid), load(connection, uuid, WITH_UUIDS, "nr, name, shop, u")),
        "clock_timestamp() as the default beside now()": (
            load(connection, time + "clock_timestamp()"), load(connection, time + "now()")),
        "a trigger that does nothing beside none": (load(connection, before=TRIGGER), load(connection)),
        "INSERT … SELECT beside COPY": (load(connection, statement="INSERT INTO people SELECT * FROM stage"), load(connection)),
        "CREATE TABLE AS beside COPY": (load(connection, statement="CREATE TABLE people AS SELECT * FROM stage"), load(connection)),
    }
    identity = load(connection, ", id bigint GENERATED ALWAYS AS IDENTITY")
    for name, (one, many) in pairs.items():
        print(f"  {name}: {one:,} and {many:,} bytes of log, {one / many:.1f} times")
    print(f"  with an identity column: {identity:,} bytes")
    assert all(one > 1.5 * many for one, many in pairs.values())
    assert identity < 1.6 * pairs["INSERT … SELECT beside COPY"][1]
PYTHON
done
