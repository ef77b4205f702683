package io.docrows.benchmarks.load;

import io.docrows.benchmarks.data.Content;
import io.docrows.benchmarks.data.DataSet;
import io.docrows.benchmarks.data.Shape;
import io.docrows.benchmarks.data.ShapeTable;
import io.docrows.embedded.MongoServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code serve}: what other programs need in order to be measured with the same documents. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a mongodump of the gigs marketplace, starts a PostgreSQL (fsync, synchronous_commit and"
                    + " full_page_writes on) and an empty MongoDB-compatible server, and prints one line of JSON: where"
                    + " all of them are, and the rows that must come of the dump.",
            "Goes on until standard input ends. benchmarks/peers/compare measures other tools with it."
        })
public final class ServeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "30000",
            description = "Documents in the dump, at least 3 (default: 30000).")
    int documents;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the dumps are written (default: a temporary directory, deleted at the end).")
    @Nullable Path directory;

    private final InputStream input;

    private ServeCommand() {
        this(System.in);
    }

    ServeCommand(InputStream input) {
        this.input = input;
    }

    @Override
    public Integer call() throws SQLException, IOException {
        if (documents < 3) {
            throw new ParameterException(spec.commandLine(), "--documents must be at least 3");
        }
        Path place = directory == null ? LoadCommand.temporary() : directory;
        try (TargetServer target = TargetServer.durable(Shape.GIGS);
                MongoServer source = MongoServer.startForRecentDrivers()) {
            DataSet.Pair data = target.write(place, documents);
            PrintWriter out = spec.commandLine().getOut();
            out.println(JsonMapper.shared().writeValueAsString(description(target, source, data)));
            out.flush();
            input.transferTo(OutputStream.nullOutputStream());
            return 0;
        }
    }

    private static Map<String, Object> description(TargetServer target, MongoServer source, DataSet.Pair data)
            throws SQLException {
        Map<String, Object> tables = new LinkedHashMap<>();
        for (ShapeTable table : target.shape().tables()) {
            tables.put(table.name(), expected(table, data));
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("mongodb", source.connectionString());
        description.put("mongodbPid", ProcessHandle.current().pid());
        description.put("postgresql", target.connectionUri());
        description.put("postgresqlPid", target.pid());
        description.put("postgresqlVersion", target.version());
        description.put("dump", data.original().dump().toAbsolutePath().toString());
        description.put("changed", data.changed().dump().toAbsolutePath().toString());
        description.put("documents", data.original().documents());
        description.put("tables", tables);
        return description;
    }

    private static Map<String, Object> expected(ShapeTable table, DataSet.Pair data) {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("lines", table.lines());
        expected.put("original", rows(table, data.original()));
        expected.put("changed", rows(table, data.changed()));
        return expected;
    }

    private static Content.Rows rows(ShapeTable table, DataSet data) {
        return Objects.requireNonNull(data.content().tables().get(table.name()));
    }
}
