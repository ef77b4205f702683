#!/usr/bin/env bash
# dlt writes fields of one document whose names differ by case, spaces, dots or camel case into one column (Email and email; "a b",
# a_b, "a.b" and aB), and a field of a sub-document into that of a field named alike ({"a": {"b": …}} and a__b). One value is kept, the
# others are gone, without an error or a warning: which one depends on the order of the fields in that very document, so two
# equal documents leave different rows. Arrays are lost in the same way.
# Guess before running it: names that clash get a suffix, or the load fails.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later. The target is DuckDB, in the same process.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q 'dlt[duckdb]==1.31.0' duckdb==2.0.1
export RUNTIME__DLTHUB_TELEMETRY=false
"$work/venv/bin/python" - "$work" <<'PYTHON' 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
import sys

import dlt

work = sys.argv[1]


def load(name, documents):
    pipeline = dlt.pipeline(
        name, pipelines_dir=work + "/pipelines", destination=dlt.destinations.duckdb(f"{work}/{name}.duckdb"), dataset_name="shop"
    )
    pipeline.run([{"nr": nr, **document} for nr, document in enumerate(documents)], table_name="people")
    found = {}
    with pipeline.sql_client() as client:
        for table, described in pipeline.default_schema.tables.items():
            columns = [column for column in described["columns"] if not column.startswith("_dlt") and column != "nr"]
            if not table.startswith("_dlt") and columns:
                order = "nr" if "nr" in described["columns"] else "_dlt_list_idx"
                found[table] = [columns, *client.execute_sql(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}")]
    print(*documents, sep="\n")
    for table, (columns, *rows) in found.items():
        print(f"  {table} ({', '.join(columns)}):", *rows)
    return found


print("dlt", dlt.__version__)
mails = load("mails", [{"Email": "upper@example.org", "email": "lower@example.org"}, {"email": "lower@example.org", "Email": "upper@example.org"}])
names = load("names", [{"a b": 1, "a_b": 2, "a.b": 3, "aB": 4}])
nested = load("nested", [{"a": {"b": 1}, "a__b": 2}])
lists = load("lists", [{"Tags": [{"tag": "new"}], "tags": [{"tag": "old"}]}])
assert mails["people"][1:] == [("lower@example.org",), ("upper@example.org",)]
assert names["people"] == [["a_b"], (4,)]
assert len(nested["people"][0]) == 1
assert lists["people__tags"] == [["tag"], ("old",)]
PYTHON
[ ! -s "$work/log" ] || { echo "and it said:"; cat "$work/log"; }
