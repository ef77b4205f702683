package io.docrows.cli.command;

import io.docrows.TargetSessions;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.option.TargetOption;
import io.docrows.cli.output.Numbers;
import io.docrows.cli.output.TextTable;
import io.docrows.cli.schema.TargetSchema;
import io.docrows.cli.session.Session;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.TableMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tables}: which collection goes into which tables, and how many rows they have. */
@Command(
        name = "tables",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the mapped collections, their tables, and how many rows each table has.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl tables --target embedded",
            "  ./etl tables --target postgresql://etl@localhost/market --output json"
        })
final class TablesCommand extends SessionCommand {

    @Mixin
    TargetOption target = new TargetOption();

    @Mixin
    OutputOption output = new OutputOption();

    TablesCommand(Session session) {
        super(session);
    }

    private record Row(String collection, String table, String role, long rows) {}

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    protected int execute() {
        try (TargetDatabase database = TargetDatabase.open(target.existing(session()), 2)) {
            TargetSchema schema = TargetSchema.of(pipeline(), database);
            schema.requireCurrent();
            Optional<String> version = schema.version();
            List<Row> rows = rows(
                    DSL.using(TargetSessions.forQueries(database.dataSource(), "docrows tables"), SQLDialect.POSTGRES));
            if (json()) {
                printJson(object(database, version, rows));
            } else {
                print(database, version, rows);
            }
        }
        return ExitCode.DONE;
    }

    private List<Row> rows(DSLContext jooq) {
        List<Row> rows = new ArrayList<>();
        for (CollectionMapping<?> mapping : pipeline().pipeline().mappings()) {
            rows.add(row(jooq, mapping, mapping.table(), "documents"));
            for (JoinMapping join : mapping.joins()) {
                String path = String.join(".", join.path());
                rows.add(row(jooq, mapping, join.join().table(), "links of " + path));
                Table<?> looked = join.otherId().getTable();
                if (looked != null) {
                    rows.add(row(jooq, mapping, looked, "looked up by " + path));
                }
            }
            addLookups(jooq, mapping, mapping, "", rows);
            addChildren(jooq, mapping, mapping, "", rows);
        }
        return rows;
    }

    private static void addChildren(
            DSLContext jooq, CollectionMapping<?> mapping, TableMapping parent, String above, List<Row> rows) {
        for (ChildMapping child : parent.children()) {
            String own = String.join(".", child.path());
            String path = above.isEmpty() || own.isEmpty() ? above + own : above + "." + own;
            String place = switch (child.source()) {
                case DOCUMENT -> path;
                case ARRAY -> path + "[]";
                case ENTRIES -> path + ".*";
            };
            rows.add(row(jooq, mapping, child.table(), "rows of " + place));
            addLookups(jooq, mapping, child, place, rows);
            addChildren(jooq, mapping, child, place, rows);
        }
    }

    /** Tables that are filled on the way. */
    private static void addLookups(
            DSLContext jooq, CollectionMapping<?> mapping, TableMapping filled, String above, List<Row> rows) {
        for (ReferenceMapping<?> reference : filled.references()) {
            Table<?> looked = reference.parentKey().getTable();
            if (reference.insertMissing() && looked != null) {
                String own = reference.pathText();
                String path = above.isEmpty() || own.isEmpty() ? above + own : above + "." + own;
                rows.add(row(jooq, mapping, looked, "looked up by " + path));
            }
        }
    }

    private static Row row(DSLContext jooq, CollectionMapping<?> mapping, Table<?> table, String role) {
        return new Row(mapping.collection(), table.getName(), role, count(jooq, table));
    }

    /** PostgreSQL counts in bigint; jOOQ's own count stops at two thousand million. */
    private static long count(DSLContext jooq, Table<?> table) {
        Field<Long> number = DSL.field("count(*)", Long.class);
        Long rows = jooq.select(number).from(table).fetchOne(number);
        return rows == null ? 0 : rows;
    }

    private void print(TargetDatabase database, Optional<String> version, List<Row> rows) {
        TextTable table =
                new TextTable().text("collection").text("table").text("holds").number("rows");
        rows.forEach(row -> table.row(row.collection(), row.table(), row.role(), Numbers.count(row.rows())));
        print(database.description()
                + version.map(known -> ", schema version " + known).orElse("")
                + "\n\n"
                + table.format());
    }

    private Map<String, Object> object(TargetDatabase database, Optional<String> version, List<Row> rows) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pipeline", pipeline().name());
        object.put("target", database.description());
        version.ifPresent(known -> object.put("schemaVersion", known));
        List<Object> tables = new ArrayList<>();
        for (Row row : rows) {
            Map<String, Object> table = new LinkedHashMap<>();
            table.put("collection", row.collection());
            table.put("table", row.table());
            table.put("holds", row.role());
            table.put("rows", row.rows());
            tables.add(table);
        }
        object.put("tables", tables);
        object.put("exitCode", ExitCode.DONE);
        return object;
    }
}
