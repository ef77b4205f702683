#!/usr/bin/env bash
# INSERT … ON CONFLICT DO UPDATE … WHERE (nothing differs) changes no row, tells "INSERT 0 0", and yet writes as much to the
# write-ahead log as inserting those rows did: it locks every row it meets, which dirties every page. MERGE with the same condition
# writes nothing, and takes a fraction of the time. Where few rows change, most of an upsert's log is for rows that do not.
# Guess before running it: the WHERE keeps unchanged rows from being written at all; the two statements cost about the same.
# Source: "all rows will be locked when the ON CONFLICT DO UPDATE action is taken" (INSERT, PostgreSQL 18's manual); what it costs is
# not said. MERGE has no ON CONFLICT's safety beside other writers of the same keys.
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
import statistics
import time

import psycopg

SAME = "(t.name, t.shop) IS DISTINCT FROM (s.name, s.shop)"
UPSERT = """INSERT INTO target AS t SELECT * FROM source ON CONFLICT (nr) DO UPDATE SET name = excluded.name, shop = excluded.shop
            WHERE (t.name, t.shop) IS DISTINCT FROM (excluded.name, excluded.shop)"""
MERGE = f"""MERGE INTO target AS t USING source AS s ON t.nr = s.nr WHEN MATCHED AND {SAME} THEN UPDATE SET name = s.name, shop = s.shop
            WHEN NOT MATCHED THEN INSERT VALUES (s.nr, s.name, s.shop)"""


def measured(connection, statement):
    connection.execute("CHECKPOINT")
    before, start = wal(connection), time.perf_counter()
    rows = connection.execute(statement).rowcount
    return wal(connection) - before, time.perf_counter() - start, rows


def wal(connection):
    return connection.execute("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint").fetchone()[0]


with psycopg.connect(autocommit=True) as connection:
    connection.execute("CREATE TEMP TABLE source AS SELECT nr::bigint, 'name ' || nr AS name, nr % 1000 AS shop FROM generate_series(1, 100000) nr")
    connection.execute("ANALYZE source")
    connection.execute("CREATE TABLE target (nr bigint PRIMARY KEY, name text, shop int)")
    inserted, _, _ = measured(connection, "INSERT INTO target SELECT * FROM source")
    connection.execute("VACUUM (FREEZE, ANALYZE) target")
    seen = {"upsert": [], "merge": []}
    for _ in range(3):
        for name, statement in (("upsert", UPSERT), ("merge", MERGE)):
            seen[name].append(measured(connection, statement))
            connection.execute("VACUUM (FREEZE) target")
    print("PostgreSQL", connection.execute("SHOW server_version").fetchone()[0])
    print(f"  100,000 rows inserted: {inserted:,} bytes of log")
    for name, runs in seen.items():
        print(f"  the same 100,000 again, {name}: {runs[0][2]} rows changed, {runs[0][0]:,} bytes of log, "
              f"{statistics.median(run[1] for run in runs):.2f} s")
    assert all(run[2] == 0 for runs in seen.values() for run in runs)
    assert all(run[0] > inserted / 3 for run in seen["upsert"])
    assert all(run[0] < inserted / 20 for run in seen["merge"])
PYTHON
done
