#!/usr/bin/env bash
# Sling stores an empty text for a UUID of MongoDB (binary subtype 4), also where it is the _id, and some Decimal128 values with JSON's
# quotation marks around them, as text: 19.99, but "0.10" and "5". It ends with exit code 0, and a merge by such _ids has
# one key for all. Guess before running it: UUIDs arrive as text, decimals as numbers.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later on Linux (x86-64), a JDK and Maven, or the wrapper beside this folder.
# The version is the last whose package holds the program itself.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
. "$here/lib/mongo.sh"
trap 'mongo_stop; postgres_stop; rm -rf "$work"' EXIT
mongo_start
postgres_start pg 18.6
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q sling-linux-amd64==1.4.11 pymongo==4.18.3 'psycopg[binary]==3.3.9'
PG="postgresql://$PGUSER@$PGHOST:$PGPORT/$PGDATABASE?sslmode=disable"
export MONGO PG SLING_HOME_DIR=$work/home SLING_DISABLE_TELEMETRY=true
"$work/venv/bin/python" - <<'PYTHON'
import os
import uuid

import bson
import pymongo

shop = pymongo.MongoClient(os.environ["MONGO"], uuidRepresentation="standard").shop
shop.prices.insert_many(
    [{"_id": uuid.UUID(int=i + 1), "price": bson.Decimal128(price)} for i, price in enumerate(["19.99", "0.10", "5"])]
)
PYTHON
sling=$(echo "$work"/venv/lib/*/site-packages/sling_linux_amd64/bin/sling-linux-amd64)
"$sling" run --src-conn MONGO --src-stream shop.prices --src-options '{flatten: true}' --tgt-conn PG \
    --tgt-object public.prices --mode full-refresh >"$work/sling.log" 2>&1
echo "sling $("$sling" --version | tail -n 1), exit code 0"
"$work/venv/bin/python" - <<'PYTHON' | tee "$work/seen"
import os

import psycopg

for row in psycopg.connect(os.environ["PG"]).execute("SELECT _id, pg_typeof(price)::text, price FROM prices ORDER BY price"):
    print(row)
PYTHON
grep -qF "('', 'character varying', '\"0.10\"')" "$work/seen" && grep -qF "('', 'character varying', '19.99')" "$work/seen"
