#!/usr/bin/env bash
# When does it pay to drop a constraint or an index, COPY new rows into a table that is full already, and make it again? The answer
# differs by a factor of thirty between kinds: a foreign key is cheaper dropped and added again from some 3 % of new rows on (checked row
# by row when kept, in one join when added), a primary key with random values from some 12 %, an index of few values or of text
# from some 50 %, and a primary key with ascending values not before the table doubles. "Drop them all" and "keep them all" are both
# wrong for a load of a tenth or a half of what is there.
# Guess before running it: one threshold for all of them, somewhere near a tenth, and the foreign key the dearest to make again.
# "If you are adding large amounts of data to an existing table, it might be a win" is all that PostgreSQL's manual says (section 14.4).
# Exits with 1 when that is no longer so. Needs Python 3.11 or later, a JDK and Maven, or the wrapper beside this folder (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_client
postgres_start pg 18.6.0 autovacuum=off max_wal_size=4GB shared_buffers=256MB maintenance_work_mem=128MB
"$work/client/bin/python" - <<'PYTHON'
import random
import statistics
import time

import psycopg

FULL = 300_000
KINDS = {
    "foreign key": (
        "ALTER TABLE items ADD CONSTRAINT items_shop FOREIGN KEY (shop) REFERENCES shops", "ALTER TABLE items DROP CONSTRAINT items_shop", False),
    "primary key, ascending": (
        "ALTER TABLE items ADD CONSTRAINT items_key PRIMARY KEY (id)", "ALTER TABLE items DROP CONSTRAINT items_key", False),
    "primary key, random": (
        "ALTER TABLE items ADD CONSTRAINT items_key PRIMARY KEY (id)", "ALTER TABLE items DROP CONSTRAINT items_key", True),
    "index of 1,000 values": ("CREATE INDEX items_shop ON items (shop)", "DROP INDEX items_shop", False),
}


def rows(first, count, shuffled):
    chance = random.Random(first + count)
    ids = (f"{chance.getrandbits(96):024x}" if shuffled else f"{0x5f0000000000000000000000 + nr:024x}" for nr in range(first, first + count))
    return "".join(f"{id}\t{chance.randrange(1000)}\tname {chance.getrandbits(40):x}\n" for id in ids)


def copy(connection, data):
    with connection.cursor().copy("COPY items FROM STDIN") as into:
        into.write(data)


def load(connection, make, drop, old, new, kept):
    connection.execute("DROP TABLE IF EXISTS items")
    connection.execute('CREATE TABLE items (id text COLLATE "C", shop int, name text)')
    copy(connection, old)
    connection.execute(make)
    connection.execute("VACUUM ANALYZE items")
    connection.execute("CHECKPOINT")
    start = time.perf_counter()
    with connection.transaction():
        if not kept:
            connection.execute(drop)
        copy(connection, new)
        if not kept:
            connection.execute(make)
    return time.perf_counter() - start


with psycopg.connect(autocommit=True) as connection:
    print("PostgreSQL", connection.execute("SHOW server_version").fetchone()[0])
    connection.execute("CREATE TABLE shops (nr int PRIMARY KEY)")
    connection.execute("INSERT INTO shops SELECT generate_series(0, 999)")
    ratio = {}
    for kind, (make, drop, shuffled) in KINDS.items():
        old = rows(0, FULL, shuffled)
        for share in (2, 20):
            new = rows(FULL, FULL * share // 100, shuffled)
            runs = [[load(connection, make, drop, old, new, kept) for kept in (True, False)] for _ in range(3)]
            ratio[kind, share] = statistics.median(dropped / kept for kept, dropped in runs)
            print(f"  {kind}, {share} % new rows: dropped and made again takes {ratio[kind, share]:.2f} of the time of keeping it", flush=True)
    assert ratio["foreign key", 20] < 0.6
    assert ratio["primary key, ascending", 20] > 1.2
    assert ratio["primary key, ascending", 20] > 3 * ratio["foreign key", 20]
PYTHON
