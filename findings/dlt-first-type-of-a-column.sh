#!/usr/bin/env bash
# dlt gives a column the type of the first value it meets. Later numbers are put into it even where they do not fit: after a
# double, 9007199254740993 is stored as 9007199254740992, and the text "123456789012345678901234567890.12", as which its
# source for MongoDB hands over a Decimal128, as 1.2345678901234568e+29. There is no error and no column of its own for them,
# as there is for text that is no number. Guess before running it: what does not fit goes into such a column.
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
    "amounts", pipelines_dir=work + "/pipelines", destination=dlt.destinations.postgres(uri), dataset_name="public"
)
values = [2.5, 2**53 + 1, "123456789012345678901234567890.12", "a lot"]
pipeline.run([{"nr": nr, "amount": value} for nr, value in enumerate(values)], table_name="amounts")
print("dlt", dlt.__version__)
with pipeline.sql_client() as client:
    for row in client.execute_sql("SELECT nr, amount::text, amount__v_text FROM amounts ORDER BY nr"):
        print(row)
PYTHON
grep -qF "(1, '9007199254740992', None)" "$work/seen" || grep -qF "(1, '9.007199254740992e+15', None)" "$work/seen"
grep -qF "(2, '1.2345678901234568e+29', None)" "$work/seen"
grep -qF "(3, None, 'a lot')" "$work/seen"
