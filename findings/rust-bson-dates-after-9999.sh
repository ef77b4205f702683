#!/usr/bin/env bash
# Rust's bson crate writes every date from the year 10000 on as 9999-12-31T23:59:59.999999999Z in relaxed Extended JSON, and reads that back
# as another date than the one it wrote, without an error: far-off sentinels ("never", the largest date of JavaScript) all become one
# day. Go's driver and the specification of Extended JSON use {"$date": {"$numberLong": …}} there, as the crate itself does before 1970.
# It also writes a NaN with its sign bit set, which is what 0.0 / 0.0 gives on x86-64, as {"$numberDouble": "-NaN"}: Go refuses that.
# Guess before running it: dates outside 1970 to 9999 are written as numbers, on both ends.
# Exits with 1 when that is no longer so. Needs Rust's cargo and Go.
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir -p "$work/rust/src" "$work/go"
cat >"$work/rust/Cargo.toml" <<'TOML'
[package]
name = "dates"
version = "0.1.0"
edition = "2021"

[dependencies]
bson = { version = "=3.1.0", features = ["serde", "serde_json-1"] }
serde_json = "1"
TOML
cat >"$work/rust/src/main.rs" <<'RUST'
use bson::{doc, Bson, DateTime};

fn main() {
    for millis in [-1_i64, 253402300799999, 253402300800000, 8640000000000000] {
        let json = Bson::Document(doc! {"at": DateTime::from_millis(millis)}).into_relaxed_extjson();
        let back = Bson::try_from(json.clone()).unwrap();
        println!("{millis} {json} {}", back.as_document().unwrap().get_datetime("at").unwrap().timestamp_millis());
    }
    let nan = Bson::Document(doc! {"n": f64::from_bits(0xfff8_0000_0000_0000)}).into_relaxed_extjson();
    println!("nan {nan}");
}
RUST
cat >"$work/go/go.mod" <<'GO'
module dates

go 1.25.0

require go.mongodb.org/mongo-driver/v2 v2.10.0
GO
cat >"$work/go/main.go" <<'GO'
package main

import (
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
)

func main() {
	for _, millis := range []int64{-1, 253402300799999, 253402300800000, 8640000000000000} {
		json, err := bson.MarshalExtJSON(bson.D{{Key: "at", Value: time.UnixMilli(millis)}}, false, false)
		fmt.Println(millis, string(json), err)
	}
	var back bson.D
	fmt.Println("reading -NaN:", bson.UnmarshalExtJSON([]byte(`{"n":{"$numberDouble":"-NaN"}}`), false, &back))
}
GO
export GOFLAGS=-mod=mod
(cd "$work/rust" && cargo run -q) | sed 's/^/Rust, bson 3.1.0: /' | tee "$work/seen"
(cd "$work/go" && go run .) | sed 's/^/Go, mongo-driver 2.10.0: /' | tee -a "$work/seen"
grep -qF '8640000000000000 {"at":{"$date":"9999-12-31T23:59:59.999999999Z"}} 253402300799999' "$work/seen"
grep -qF 'Go, mongo-driver 2.10.0: 8640000000000000 {"at":{"$date":{"$numberLong":"8640000000000000"}}}' "$work/seen"
grep -qF 'nan {"n":{"$numberDouble":"-NaN"}}' "$work/seen"
