#!/usr/bin/env bash
# dlt stores NaN and the infinities as NULL, though the column is a double precision that could hold them: afterwards they
# cannot be told from a field that was missing. Guess before running it: they arrive as they are.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later, and a JDK for the server (./bench serve).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
mkfifo "$work/stop"
"${BENCH:-$here/../bench}" serve --documents 3 --directory "$work/dump" <"$work/stop" >"$work/served" 2>"$work/log" &
exec 9>"$work/stop"
trap 'exec 9>&-; wait; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'dlt[postgres]==1.31.0'
until [ -s "$work/served" ]; do sleep 0.2; done
export RUNTIME__DLTHUB_TELEMETRY=false
"$work/venv/bin/python" - "$work" <<'PYTHON' | tee "$work/seen"
import json
import sys

import dlt

work = sys.argv[1]
uri = json.load(open(work + "/served"))["postgresql"]
pipeline = dlt.pipeline(
    "readings", pipelines_dir=work + "/pipelines", destination=dlt.destinations.postgres(uri), dataset_name="public"
)
values = [1.5, float("nan"), float("inf"), float("-inf")]
pipeline.run([{"nr": nr, "value": value} for nr, value in enumerate(values)], table_name="readings")
print("dlt", dlt.__version__)
with pipeline.sql_client() as client:
    for row in client.execute_sql("SELECT nr, pg_typeof(value)::text, value FROM readings ORDER BY nr"):
        print(row)
PYTHON
for nr in 1 2 3; do grep -qF "($nr, 'double precision', None)" "$work/seen"; done
