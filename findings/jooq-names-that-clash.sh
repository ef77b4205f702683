#!/usr/bin/env bash
# jOOQ's code generator makes one class of the tables a_b, "aB" and "a b": it warns, ends well, and the other two are missing from the
# generated code, which compiles. Columns with such names become methods that are there twice, without a warning, which does not
# compile, and neither does the class of a table named dsl: its constant DSL hides the class DSL that its own code calls.
# Guess before running it: clashing names are numbered, or the generator ends with an error.
# Exits with 1 when that is no longer so. Needs a JDK 17 or later and Maven, or the wrapper beside this folder, and Python 3 (Linux).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
work=$(mktemp -d)
. "$here/lib/postgres.sh"
trap 'postgres_stop; rm -rf "$work"' EXIT
postgres_start pg 18.6
cat >"$work/pom.xml" <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>names</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.jooq</groupId>
      <artifactId>jooq-codegen</artifactId>
      <version>3.19.38</version>
    </dependency>
    <dependency>
      <groupId>org.postgresql</groupId>
      <artifactId>postgresql</artifactId>
      <version>42.7.14</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-simple</artifactId>
      <version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
XML
maven -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib"
cat >"$work/Generate.java" <<'JAVA'
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

public class Generate {
    public static void main(String[] args) throws Exception {
        for (String schema : new String[] {"tables", "columns", "words"}) {
            GenerationTool.generate(new Configuration()
                    .withLogging(Logging.WARN)
                    .withJdbc(new Jdbc().withUrl(args[0]).withUser("postgres"))
                    .withGenerator(new Generator()
                            .withDatabase(new Database()
                                    .withName("org.jooq.meta.postgres.PostgresDatabase")
                                    .withInputSchema(schema))
                            .withTarget(new Target().withPackageName("made." + schema).withDirectory(args[1]))));
        }
        System.out.println("jOOQ " + org.jooq.Constants.FULL_VERSION);
    }
}
JAVA
psql -c 'CREATE SCHEMA tables; CREATE TABLE tables.a_b (x int); CREATE TABLE tables."aB" (y int); CREATE TABLE tables."a b" (z int)' \
    -c 'CREATE SCHEMA columns; CREATE TABLE columns.t (a_b int, "aB" int, "a b" int)' -c 'CREATE SCHEMA words; CREATE TABLE words.dsl (x int)'
java -cp "$work/lib/*" "$work/Generate.java" "jdbc:postgresql://$PGHOST:$PGPORT/$PGDATABASE" "$work/src" 2>"$work/log"
errors() {
    mkdir "$work/classes-$1"
    javac -proc:none -nowarn -d "$work/classes-$1" -cp "$work/lib/*" $(find "$work/src/made/$1" -name '*.java') 2>&1 | grep -c ': error:' || true
}
tables=$(grep -c 'public static final' "$work/src/made/tables/Tables.java")
warnings=$(grep -ciE 'warn|error' "$work/log" || true)
in_tables=$(errors tables) in_columns=$(errors columns) in_dsl=$(errors words)
echo "tables a_b, \"aB\", \"a b\": $tables of 3 in Tables.java, $warnings warnings of the generator, $in_tables errors of the compiler"
echo "columns a_b, \"aB\", \"a b\": $in_columns errors of the compiler; a table named dsl: $in_dsl"
[ "$tables" = 1 ] && [ "$in_tables" = 0 ] && [ "$in_columns" -gt 0 ] && [ "$in_dsl" -gt 0 ]
