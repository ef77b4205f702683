#!/usr/bin/env bash
# dlt stores NaN and the infinities as NULL, though the column is a double precision that could hold them: afterwards they
# cannot be told from a field that was missing. Guess before running it: they arrive as they are.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_start pg 18.6
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'dlt[postgres]==1.31.0'
export RUNTIME__DLTHUB_TELEMETRY=false
"$work/venv/bin/python" - "$work" "postgresql://$PGUSER:none@$PGHOST:$PGPORT/$PGDATABASE" <<'PYTHON' | tee "$work/seen"
import sys

import dlt

work, uri = sys.argv[1:]
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
