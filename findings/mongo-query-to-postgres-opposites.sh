#!/usr/bin/env bash
# mongo-query-to-postgres-jsonb turns MongoDB's filters into SQL over a jsonb column that finds other documents: {"a": {"$nin": [5]}} leaves out
# documents without the field, although {"a": {"$ne": 5}} finds them; {"a": {"$gt": 5}} finds true, arrays and sub-documents, because jsonb
# has an order across types where MongoDB compares within one; {"a": {"$gt": "5"}} finds the number 7. A service that keeps its
# queries after a move by this package answers differently, without an error.
# Guess before running it: $nin of one value and $ne agree, and a comparison stays within its type, as MongoDB's manual says of both.
# Exits with 1 when that is no longer so. Needs Node.js 20 or later with npm, Python 3.11 or later (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_start pg 18.6
cd "$work"
echo '{"private": true}' >package.json
npm install --silent --no-fund --no-audit mongo-query-to-postgres-jsonb@0.2.19 >npm.log 2>&1 || { cat npm.log >&2; exit 1; }
psql -c 'CREATE TABLE documents (nr int, data jsonb)' -c "INSERT INTO documents VALUES (1, '{\"a\": 5}'), (2, '{\"a\": 7}'), (3, '{}'),
    (4, '{\"a\": true}'), (5, '{\"a\": {\"b\": 1}}'), (6, '{\"a\": \"7\"}')"
echo "mongo-query-to-postgres-jsonb 0.2.19 over 1: 5, 2: 7, 3: no field, 4: true, 5: a sub-document, 6: the text \"7\""
found() { # filter, what MongoDB finds
    local condition
    condition=$(node -e 'console.log(require("mongo-query-to-postgres-jsonb")("data", JSON.parse(process.argv[1])))' "$1")
    echo "$1: finds $(psql -c "SELECT string_agg(nr::text, ' ' ORDER BY nr) FROM documents WHERE $condition"); MongoDB finds $2"
}
{
    found '{"a": {"$ne": 5}}' '2 3 4 5 6'
    found '{"a": {"$nin": [5]}}' '2 3 4 5 6'
    found '{"a": {"$gt": 5}}' '2'
    found '{"a": {"$gt": "5"}}' '6'
} | tee seen
grep -qF '"$ne": 5}}: finds 2 3 4 5 6;' seen && grep -qF '"$nin": [5]}}: finds 2 4 5 6;' seen && grep -qF '"$gt": 5}}: finds 2 4 5;' seen
grep -qE '"\$gt": "5"}}: finds 2 .*6' seen
