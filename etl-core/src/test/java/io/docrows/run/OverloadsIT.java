package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.history.RunHistory;
import io.docrows.reject.Rejects;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.RecordedStatements;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Where others may create functions, operators and types in a schema on the search path, none of theirs runs as the
 * loader: overloads of all that our statements use, found in the statements themselves, for every combination of types
 * in which PostgreSQL would prefer them, and types of the same names.
 */
final class OverloadsIT {

    private static final Pattern CALL = Pattern.compile("\\b([a-z_][a-z_0-9]*) ?\\(");
    private static final Pattern OPERATOR = Pattern.compile("(?<![\\w(.])([*<>=|!~+/-]{1,3})(?![\\w]?\\))");
    private static final Pattern CAST = Pattern.compile("(?:::|\\bas) ?([a-z_][a-z_0-9]*)", Pattern.CASE_INSENSITIVE);
    private static final List<String> TYPES =
            List.of("text", "varchar", "name", "citext", "int2", "int4", "int8", "uuid", "bytea", "bool", "numeric");

    private void work(DataSource target) {
        RunOptions options = RunOptions.defaults().writers(1);
        for (BulkLoad bulkLoad : List.of(BulkLoad.ALWAYS, BulkLoad.NEVER)) {
            ConnectedPipeline pipeline = Bookshop.pipeline()
                    .source(new MemorySource()
                            .with("authors", "{_id: 1, name: 'Ada " + bulkLoad + "'}", "{_id: 2}")
                            .with(
                                    "books",
                                    "{_id: 1, title: 'T', author: 1, tags: ['new'], isbn: '1', at: {shelf: 'a', place:"
                                            + " 1}}",
                                    "{_id: 2, title: 'U', author: 1, tags: ['old'], isbn: '1', price: '-1'}",
                                    "{_id: 3, title: 'V', author: 9, isbn: '1'}")
                            .with("employees", "{_id: 2, boss: 1}", "{_id: 1}", "{_id: 3, boss: 7}"))
                    .target(target);
            pipeline.plan(PlanOptions.of(options.bulkLoad(bulkLoad).deletes(DeleteMode.DELETE)));
            pipeline.run(options.bulkLoad(bulkLoad));
            pipeline.run(options.force(true));
            pipeline.verify(VerifyOptions.defaults().values(true));
            pipeline.retryRejects(RetryOptions.defaults().writers(1));
            ConnectedPipeline fewer = pipeline.source(
                    new MemorySource().with("authors").with("books").with("employees"));
            fewer.plan(PlanOptions.of(options.deletes(DeleteMode.DELETE)));
            fewer.run(options.force(true).deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%")));
            pipeline.rebuildConstraints();
        }
        RunHistory history = RunHistory.of(target);
        history.runs(10);
        history.openRejects();
        history.waitingReferences();
        history.locks();
        Rejects.of(target, "bookshop").counts(RejectFilter.ALL);
        Rejects.of(target, "bookshop").list(RejectFilter.ALL, 10);
    }

    @Test
    @Tag("long")
    void ofOthersAreNeverUsed() {
        RecordedStatements recorded = new RecordedStatements(Bookshop.database().target());
        work(recorded.dataSource());
        Set<String> functions = new TreeSet<>();
        Set<String> operators = new TreeSet<>();
        Set<String> types = new TreeSet<>(TYPES);
        types.addAll(List.of("oid", "regclass", "jsonb", "date", "timestamp", "timestamptz", "genre"));
        for (String sql : recorded.statements()) {
            String withoutTexts = sql.replaceAll("'[^']*'", "''").replaceAll("\"[^\"]*\"", "x");
            Matcher call = CALL.matcher(withoutTexts);
            while (call.find()) {
                functions.add(call.group(1));
            }
            Matcher operator = OPERATOR.matcher(withoutTexts);
            while (operator.find()) {
                operators.add(operator.group(1));
            }
            Matcher cast = CAST.matcher(withoutTexts);
            while (cast.find()) {
                types.add(cast.group(1));
            }
        }
        assertThat(functions).contains("count", "to_regclass", "array_agg", "sha256", "pg_try_advisory_lock");
        assertThat(operators).contains("=", "<>", "||", "*<>");
        assertThat(types).contains("record", "int8");

        Database planted = Bookshop.database();
        planted.execute("CREATE SCHEMA evil; CREATE SEQUENCE evil.called");
        int number = plant(planted, functions, operators);
        assertThat(number).as("overloads that PostgreSQL lets anybody create").isGreaterThan(500);
        assertThat(plantTypes(planted, types)).as("types").isGreaterThan(15);
        String name = planted.rows("SELECT current_database()").get(0);
        planted.execute("ALTER DATABASE " + name + " SET search_path = evil, public, pg_catalog");
        work(planted.target());
        assertThat(planted.rows("SELECT is_called FROM evil.called")).containsExactly("f");
        planted.rows("SELECT ''::text");
        assertThat(planted.rows("SELECT is_called FROM evil.called"))
                .as("a use is seen")
                .containsExactly("t");
    }

    /** Domains that say when a value is checked; a row has none, and cannot be cast to a type of its name. */
    private static int plantTypes(Database database, Set<String> types) {
        database.execute("CREATE FUNCTION evil.used() RETURNS bool LANGUAGE plpgsql AS $f$ BEGIN PERFORM"
                + " pg_catalog.nextval('evil.called'); RETURN true; END $f$");
        database.execute("CREATE TYPE evil.record AS (own date)");
        for (String type : types) {
            for (String schema : List.of("pg_catalog", "public")) {
                database.execute("DO $$ BEGIN CREATE DOMAIN evil." + type + " AS " + schema + "." + type
                        + " CHECK (evil.used()); EXCEPTION WHEN undefined_object OR duplicate_object OR"
                        + " datatype_mismatch THEN NULL; END $$");
            }
        }
        // A type to which all are cast without being asked to, with an operator of its own.
        database.execute("CREATE TYPE evil.own AS (value pg_catalog.text)");
        for (String type : List.of("text", "int4", "int8", "bytea")) {
            database.execute("CREATE FUNCTION evil.own(pg_catalog." + type + ") RETURNS evil.own LANGUAGE plpgsql AS"
                    + " $f$ BEGIN PERFORM pg_catalog.nextval('evil.called'); RETURN NULL; END $f$");
            database.execute("CREATE CAST (pg_catalog." + type + " AS evil.own) WITH FUNCTION evil.own(pg_catalog."
                    + type + ") AS IMPLICIT");
        }
        database.execute("CREATE FUNCTION evil.same(evil.own, evil.own) RETURNS pg_catalog.bool LANGUAGE plpgsql AS"
                + " $f$ BEGIN PERFORM pg_catalog.nextval('evil.called'); RETURN NULL; END $f$");
        database.execute("CREATE OPERATOR evil.= (LEFTARG = evil.own, RIGHTARG = evil.own, FUNCTION = evil.same)");
        return Integer.parseInt(database.rows(
                        "SELECT count(*) FROM pg_type WHERE typnamespace = 'evil'::regnamespace AND typtype = 'd'")
                .get(0));
    }

    /** In a path on which {@code pg_catalog} comes last, the same types are enough. */
    private static int plant(Database database, Set<String> functions, Set<String> operators) {
        List<String> statements = new ArrayList<>();
        for (String function : functions) {
            for (String type : TYPES) {
                for (String more : List.of("", ", " + type, ", bool", ", int4", ", text", ", int8")) {
                    statements.add("CREATE FUNCTION evil." + function + "(" + type + more + ") RETURNS text "
                            + body(function));
                }
            }
            statements.add("CREATE FUNCTION evil." + function + "() RETURNS text " + body(function));
        }
        for (String operator : operators) {
            for (String left : TYPES) {
                for (String right : TYPES) {
                    String function = "evil.op_" + statements.size();
                    statements.add("CREATE FUNCTION " + function + "(" + left + ", " + right + ") RETURNS bool "
                            + body(operator) + "; CREATE OPERATOR evil." + operator + " (LEFTARG = " + left
                            + ", RIGHTARG = " + right + ", FUNCTION = " + function + ")");
                }
            }
        }
        StringBuilder all = new StringBuilder("DO $all$ DECLARE s text; BEGIN FOREACH s IN ARRAY ARRAY[");
        for (int i = 0; i < statements.size(); i++) {
            all.append(i == 0 ? "" : ",")
                    .append("$x$")
                    .append(statements.get(i))
                    .append("$x$");
        }
        // Words of the language that look like calls (values, exists) are refused, and so are aggregates' own names.
        all.append("] LOOP BEGIN EXECUTE s; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END $all$");
        database.execute(all.toString());
        return Integer.parseInt(database.rows("SELECT count(*) FROM pg_proc WHERE pronamespace = 'evil'::regnamespace")
                .get(0));
    }

    private static String body(String what) {
        // A number drawn is not given back by a rollback, and refused in a read-only transaction, which is an error.
        return "LANGUAGE plpgsql AS $f$ BEGIN PERFORM pg_catalog.nextval('evil.called'); RAISE WARNING 'called " + what
                + "'; RETURN NULL; END $f$";
    }
}
