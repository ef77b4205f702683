#!/usr/bin/env bash
# mongo-java-server finds the documents of an $in over _id by its index, and compares each of them with the list again: asking
# for all at once takes many times as long as asking for the same documents a thousand at a time. Guess before running it: one
# query is the faster way, as with MongoDB.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later, a JDK and Maven, or the wrapper beside this folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
. "$here/lib/mongo.sh"
trap 'mongo_stop; rm -rf "$work"' EXIT
mongo_start
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pymongo==4.15.4
cat >"$work/ask.py" <<'PYTHON'
import statistics
import sys
import time

import pymongo

items = pymongo.MongoClient(sys.argv[1]).shop.items
COUNT, PART = 20000, 1000
items.insert_many([{"_id": i, "name": "item"} for i in range(5 * COUNT)])
wanted = list(range(0, 5 * COUNT, 5))


def seconds(part):
    start = time.perf_counter()
    found = 0
    for first in range(0, COUNT, part):
        found += len(list(items.find({"_id": {"$in": wanted[first:first + part]}}, batch_size=part)))
    assert found == COUNT, found
    return time.perf_counter() - start


once, parts = [], []
for turn in range(5):
    once.append(seconds(COUNT))
    parts.append(seconds(PART))
once, parts = statistics.median(once), statistics.median(parts)
print("mongo-java-server", pymongo.MongoClient(sys.argv[1]).server_info()["version"] + " (as it introduces itself), pymongo", pymongo.version)
print(f"{COUNT} of {5 * COUNT} documents by their _ids, median of five: {once:.2f} s in one query, {parts:.2f} s in queries of {PART}")
print(f"one query takes {once / parts:.1f} times as long")
sys.exit(0 if once > 3 * parts else 1)
PYTHON
"$work/venv/bin/python" "$work/ask.py" "$MONGO"
