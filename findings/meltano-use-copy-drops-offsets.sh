#!/usr/bin/env bash
# Meltano's target-postgres stores another instant when use_copy is on, which its documentation offers as the faster way: of
# 2026-01-01T00:00:00+05:00 it then keeps 2026-01-01 00:00:00 and drops the offset, where without it the same record becomes 2025-12-31
# 19:00:00. Its columns are timestamp without time zone either way. Exit code 0, and no warning.
# Guess before running it: use_copy changes how fast rows arrive, not what arrives.
# Exits with 1 when that is no longer so. Needs Python 3.11 or later (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_start pg 18.6
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q meltanolabs-target-postgres==0.8.1
cat >"$work/records" <<'JSON'
{"type": "SCHEMA", "stream": "visits", "key_properties": ["nr"], "schema": {"type": "object", "properties": {"nr": {"type": "integer"}, "at": {"type": ["string", "null"], "format": "date-time"}}}}
{"type": "RECORD", "stream": "visits", "record": {"nr": 1, "at": "2026-01-01T00:00:00Z"}}
{"type": "RECORD", "stream": "visits", "record": {"nr": 2, "at": "2026-01-01T00:00:00+05:00"}}
{"type": "RECORD", "stream": "visits", "record": {"nr": 3, "at": "2026-01-01T00:00:00-08:00"}}
JSON
"$work/venv/bin/pip" list 2>/dev/null | grep -E 'target-postgres|singer-sdk'
for copy in false true; do
    echo "{\"host\": \"$PGHOST\", \"port\": $PGPORT, \"user\": \"$PGUSER\", \"password\": \"none\", \"database\": \"$PGDATABASE\"," \
        "\"default_target_schema\": \"copy_$copy\", \"use_copy\": $copy}" >"$work/config.json"
    "$work/venv/bin/target-postgres" --config "$work/config.json" <"$work/records" >"$work/out" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    echo "use_copy $copy: $(psql -c "SELECT string_agg(at::text, ', ' ORDER BY nr) FROM copy_$copy.visits")"
done | tee "$work/seen"
grep -qF 'use_copy false: 2026-01-01 00:00:00, 2025-12-31 19:00:00, 2026-01-01 08:00:00' "$work/seen"
grep -qF 'use_copy true: 2026-01-01 00:00:00, 2026-01-01 00:00:00, 2026-01-01 00:00:00' "$work/seen"
