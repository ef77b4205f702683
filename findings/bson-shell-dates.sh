#!/usr/bin/env bash
# JsonMode.SHELL of the MongoDB Java driver's BSON library names days before 15 October 1582 in the Julian calendar,
# while its other modes, and the shell, use the Gregorian one for all time: who pastes what it prints stores another
# day. Guess before running it: all modes name the same day.
# It also prints both halves of a BSON timestamp as signed numbers, which its own reader refuses or changes.
# Exits with 1 when that is no longer so. Needs a JDK 17 or later, and Maven or the wrapper beside this folder.
set -euo pipefail
version=5.14.0
here=$(cd "$(dirname "$0")" && pwd -P)
maven=$(command -v mvn || echo "$here/../mvnw")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$maven" -B -ntp -q -f "$here/../pom.xml" -N org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=org.mongodb:bson:$version -DoutputDirectory="$work" -Dmdep.useBaseVersion=true
cat >"$work/Shell.java" <<'JAVA'
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

public class Shell {
    public static void main(String[] args) {
        long day = java.time.Instant.parse("1582-10-10T00:00:00Z").toEpochMilli();
        BsonDocument document = new BsonDocument("d", new BsonDateTime(day))
                .append("t", new BsonTimestamp(0xffffffff, 0xffffffff));
        for (JsonMode mode : new JsonMode[] {JsonMode.SHELL, JsonMode.STRICT, JsonMode.EXTENDED, JsonMode.RELAXED}) {
            System.out.println(mode + " "
                    + document.toJson(JsonWriterSettings.builder().outputMode(mode).build()));
        }
    }
}
JAVA
echo "org.mongodb:bson $version, $(java -version 2>&1 | head -n 1)"
java -cp "$work/*" "$work/Shell.java" | tee "$work/seen"
grep -q 'SHELL .*ISODate("1582-09-30' "$work/seen" && grep -q 'SHELL .*Timestamp(-1, -1)' "$work/seen"
