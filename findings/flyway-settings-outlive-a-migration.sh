#!/usr/bin/env bash
# What a Flyway migration SETs stays for all later migrations of the same run, and is gone in the next run: the same files make another
# database when they are applied together (a new environment, tests, code generation) than when they arrive one by one
# (production). A dump of pg_dump as V1 says check_function_bodies = false and may set a time zone: afterwards a broken function is
# taken, and '2026-01-01 00:00' is stored as another instant. The search_path alone is set back.
# Guess before running it: every migration begins with the connection's own settings, as it does with the search_path.
# Exits with 1 when that is no longer so. Needs a JDK 17 or later and Maven, or the wrapper beside this folder, and Python 3 (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_start pg 18.6 timezone=UTC
cat >"$work/pom.xml" <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>settings</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.flywaydb</groupId>
      <artifactId>flyway-database-postgresql</artifactId>
      <version>13.12.0</version>
    </dependency>
    <dependency>
      <groupId>org.postgresql</groupId>
      <artifactId>postgresql</artifactId>
      <version>42.7.14</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
XML
maven -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib"
mkdir "$work/migrations"
cat >"$work/migrations/V1__from_a_dump.sql" <<'SQL'
SET check_function_bodies = false;
SELECT pg_catalog.set_config('search_path', '', false);
SET timezone = 'America/New_York';
CREATE TABLE public.days (at timestamptz NOT NULL);
SQL
cat >"$work/migrations/V2__new_year.sql" <<'SQL'
INSERT INTO days VALUES ('2026-01-01 00:00');
SQL
cat >"$work/migrations/V3__function.sql" <<'SQL'
CREATE FUNCTION broken() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM no_such_table';
SQL
cat >"$work/Migrate.java" <<'JAVA'
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

public class Migrate {
    public static void main(String[] args) {
        for (int i = 2; i < args.length; i++) {
            var flyway = Flyway.configure()
                    .dataSource(args[0], "postgres", "")
                    .locations("filesystem:" + args[1])
                    .target(args[i])
                    .load();
            try {
                System.out.println("  up to " + args[i] + ": " + flyway.migrate().migrationsExecuted + " applied");
            } catch (FlywayException e) {
                System.out.println("  up to " + args[i] + ": refused, "
                        + e.getMessage().lines().filter(line -> line.contains("ERROR")).findFirst().orElse(e.getMessage()));
            }
        }
    }
}
JAVA
echo "Flyway 13.12.0"
for way in "together 3" "apart 1 2 3"; do
    set -- $way
    psql -c "CREATE DATABASE $1"
    echo "$1:"
    java -cp "$work/lib/*" "$work/Migrate.java" "jdbc:postgresql://$PGHOST:$PGPORT/$1" "$work/migrations" "${@:2}"
    psql -d "$1" -c "SET timezone = 'UTC'" -c "SELECT '  stored: ' || at FROM days" -c "SELECT '  functions: ' || count(*) FROM pg_proc WHERE proname = 'broken'"
done | tee "$work/seen"
[ "$(grep -c 'stored: 2026-01-01 05:00:00+00' "$work/seen")" = 1 ] && [ "$(grep -c 'stored: 2026-01-01 00:00:00+00' "$work/seen")" = 1 ]
[ "$(grep -c 'functions: 1' "$work/seen")" = 1 ] && [ "$(grep -c 'up to 3: refused' "$work/seen")" = 1 ]
