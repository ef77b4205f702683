#!/usr/bin/env bash
# Meltano's tap-mongodb in its usual mode (INCREMENTAL) reads only documents whose _id is an ObjectId, and of those only what
# is newer than the last one seen: documents with other _ids are left out and changed ones stay as they were, both with exit
# code 0 and without a warning. Guess before running it: everything is read, at the latest by the first run.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later, a JDK and Maven, or the wrapper beside this folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
. "$here/lib/mongo.sh"
trap 'mongo_stop; rm -rf "$work"' EXIT
mongo_start
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q meltanolabs-tap-mongodb==0.4.1
uri=$MONGO
cat >"$work/fill.py" <<'PYTHON'
import sys

import bson
import pymongo

shop = pymongo.MongoClient(sys.argv[1]).shop.people
if sys.argv[2] == "fill":
    shop.insert_many([{"_id": key, "name": "Ada"} for key in (bson.ObjectId("5f0000000000000000000001"), 7, "seven", 7.5)])
else:
    shop.update_one({"_id": bson.ObjectId("5f0000000000000000000001")}, {"$set": {"name": "Grace"}})
PYTHON
"$work/venv/bin/python" "$work/fill.py" "$uri" fill
echo "{\"database\":\"shop\",\"mongodb_connection_string\":\"$uri\"}" >"$work/tap.json"
tap() { "$work/venv/bin/tap-mongodb" --config "$work/tap.json" "$@" 2>>"$work/tap.log"; }
tap --discover | "$work/venv/bin/python" -c '
import json, sys
catalog = json.load(sys.stdin)
for stream in catalog["streams"]:
    for entry in stream["metadata"]:
        if not entry["breadcrumb"]:
            entry["metadata"]["selected"] = True
json.dump(catalog, sys.stdout)' >"$work/catalog.json"
tap --catalog "$work/catalog.json" >"$work/first"
grep '"type":"STATE"' "$work/first" | tail -n 1 | "$work/venv/bin/python" -c '
import json, sys
json.dump(json.load(sys.stdin)["value"], sys.stdout)' >"$work/state.json"
"$work/venv/bin/python" "$work/fill.py" "$uri" change
tap --catalog "$work/catalog.json" --state "$work/state.json" >"$work/second"
first=$(grep -c '"type":"RECORD"' "$work/first" || true)
second=$(grep -c '"type":"RECORD"' "$work/second" || true)
"$work/venv/bin/pip" list 2>/dev/null | grep -E 'tap-mongodb|^pymongo '
echo "4 documents with _ids of 4 types: $first records, exit code 0"
echo "second run, after the one with an ObjectId was changed: $second records, exit code 0"
[ "$first" = 1 ] && [ "$second" = 0 ]
