#!/usr/bin/env bash
# The decoder of @deepkit/bson gives 0 for a double that is NaN: a reading that failed becomes a measured zero. And it ends a short text at its first
# NUL character ("a\0b" is "a"), but not one of ten characters or more. Both without an error; js-bson reads the same bytes as they are.
# Guess before running it: what a BSON library reads without an error is what was written, whatever its length.
# Exits with 1 when that is no longer so. Needs Node.js 20 or later with npm.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' >package.json
npm install --silent --no-fund --no-audit @deepkit/bson@1.0.19 @deepkit/core@1.0.19 @deepkit/type@1.0.19 bson@7.3.4 >npm.log 2>&1 || { cat npm.log >&2; exit 1; }
cat >read.js <<'JS'
const assert = require('node:assert');
const { deserialize, serialize } = require('bson');
const deepkit = require('@deepkit/bson');

const bytes = serialize({ reading: NaN, text: 'a\0b', longer: 'left\0right', other: Infinity });
const one = deserialize(bytes);
const two = deepkit.deserializeBSONWithoutOptimiser(bytes);
console.log('bson 7.3.4:', JSON.stringify(one, (key, value) => (typeof value === 'number' ? String(value) : value)));
console.log('@deepkit/bson 1.0.19:', JSON.stringify(two, (key, value) => (typeof value === 'number' ? String(value) : value)));
assert.ok(Number.isNaN(one.reading) && one.text === 'a\0b' && one.longer === 'left\0right');
assert.ok(two.reading === 0 && two.text === 'a' && two.longer === 'left\0right' && two.other === Infinity);
JS
node read.js
