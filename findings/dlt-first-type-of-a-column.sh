#!/usr/bin/env bash
# dlt gives a column the type of the first value it meets, and puts later values into it even where they do not fit: after a double,
# 9007199254740993 is stored as 9007199254740992, and the text "123456789012345678901234567890.12", as which its source for
# MongoDB hands over a Decimal128, as 1.2345678901234568e+29; after an integer the postal code "01234" is stored as 1234; after a
# boolean, 2.5 and "yes" are stored as true; after a date, the number 1577836800 is stored as a date. There is no error and no column of
# its own for them, as there is for text that is no number. In the other order ("01234" first) nothing is lost.
# Guess before running it: what does not fit goes into such a column.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later. The target is DuckDB, in the same process.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'dlt[duckdb]==1.31.0' duckdb==2.0.1
export RUNTIME__DLTHUB_TELEMETRY=false
"$work/venv/bin/python" - "$work" <<'PYTHON'
import datetime
import sys

import dlt

work = sys.argv[1]


def load(name, values):
    pipeline = dlt.pipeline(
        name, pipelines_dir=work + "/pipelines", destination=dlt.destinations.duckdb(f"{work}/{name}.duckdb"), dataset_name="shop"
    )
    pipeline.run([{"nr": nr, "value": value} for nr, value in enumerate(values)], table_name="items")
    columns = pipeline.default_schema.tables["items"]["columns"]
    columns = [column for column in columns if column.startswith("value")]
    with pipeline.sql_client() as client:
        rows = client.execute_sql(f"SELECT {', '.join(columns)} FROM items ORDER BY nr")
    print(f"{', '.join(map(repr, values))}:", *(dict(zip(columns, row)) for row in rows), sep="\n  ")
    return [row[0] for row in rows]


print("dlt", dlt.__version__)
amounts = load("amounts", [2.5, 2**53 + 1, "123456789012345678901234567890.12", "a lot"])
codes = load("codes", [1234, "01234", "12 34"])
others = load("others", ["01234", 1234])
flags = load("flags", [True, 2.5, "yes"])
dates = load("dates", [datetime.datetime(2026, 11, 28, tzinfo=datetime.timezone.utc), 1577836800])
assert amounts == [2.5, 9007199254740992.0, 1.2345678901234568e29, None]
assert codes == [1234, 1234, None] and others == ["01234", "1234"]
assert flags == [True, True, True]
assert dates[1] == datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
PYTHON
