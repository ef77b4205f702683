package io.docrows.scaffold.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.ConnectedPipeline;
import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.codegen.IncrementalJavaGenerator;
import io.docrows.codegen.MigratedPostgresDatabase;
import io.docrows.embedded.PostgresServer;
import io.docrows.inspect.InspectOptions;
import io.docrows.inspect.Inspector;
import io.docrows.inspect.fact.Inspection;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import io.docrows.scaffold.Scaffold;
import io.docrows.scaffold.choice.ProjectName;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.Property;
import org.jooq.meta.jaxb.Target;
import org.postgresql.ds.PGSimpleDataSource;

/** A scaffolded project, built as its pom says, but in this process: quicker, and without Maven. */
public final class Built implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Server {
        private static final PostgresServer INSTANCE = PostgresServer.temporary();
    }

    private final Path source;
    private final Path directory;
    private final URLClassLoader classes;
    private final DataSource target;
    private final PipelineProvider provider;

    private Built(Path source, Path directory, URLClassLoader classes, DataSource target, PipelineProvider provider) {
        this.source = source;
        this.directory = directory;
        this.classes = classes;
        this.target = target;
        this.provider = provider;
    }

    /** What is found in a dump. */
    public static Inspection inspect(Path dump) {
        try (DocumentSource source = DumpSource.open(dump)) {
            return Inspector.of(source).inspect(InspectOptions.defaults()).orElseThrow();
        }
    }

    /** Scaffolds a project for a dump into a directory, and builds it. */
    public static Built of(Path dump, Path directory) throws Exception {
        return of(dump, Scaffold.of(inspect(dump), new ProjectName("zoo", "com.acme.zoo")), directory);
    }

    /** Writes a project into a directory, and builds it. */
    public static Built of(Path dump, Scaffold scaffold, Path directory) throws Exception {
        for (Map.Entry<String, byte[]> file : scaffold.files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        generate(directory);
        Path output = directory.resolve("classes");
        compile(directory, output);
        URLClassLoader classes = new URLClassLoader(
                new URL[] {
                    output.toUri().toURL(),
                    directory.resolve("src/main/resources/").toUri().toURL()
                },
                Built.class.getClassLoader());
        PipelineProvider provider =
                ServiceLoader.load(PipelineProvider.class, classes).findFirst().orElseThrow();
        DataSource target = database();
        Flyway.configure(classes)
                .dataSource(target)
                .locations(provider.schema().migrations())
                .table(provider.schema().history())
                .load()
                .migrate();
        return new Built(dump, directory, classes, target, provider);
    }

    private static void generate(Path directory) throws Exception {
        GenerationTool.generate(new Configuration()
                .withLogging(Logging.WARN)
                .withOnError(OnError.FAIL)
                .withBasedir(directory.toString())
                .withGenerator(new Generator()
                        .withName(IncrementalJavaGenerator.class.getName())
                        .withDatabase(new org.jooq.meta.jaxb.Database()
                                .withName(MigratedPostgresDatabase.class.getName())
                                .withInputSchema("public")
                                .withExcludes("flyway_schema_history")
                                .withProperties(
                                        new Property().withKey("locations").withValue("src/main/resources/db/zoo")))
                        .withGenerate(new Generate()
                                .withRecords(true)
                                .withJavaTimeTypes(true)
                                .withGeneratedAnnotation(false))
                        .withTarget(new Target()
                                .withPackageName("com.acme.zoo.db")
                                .withDirectory(directory.resolve("generated").toString())
                                .withLocale("en"))));
    }

    private static void compile(Path directory, Path output) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-Xmaxerrs",
                "15",
                "-nowarn",
                "-Xlint:none",
                "-d",
                output.toString(),
                "-cp",
                System.getProperty("java.class.path")));
        for (String sources : List.of("generated", "src/main/java")) {
            try (Stream<Path> files = Files.walk(directory.resolve(sources))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
            }
        }
        Files.createDirectories(output);
        java.io.ByteArrayOutputStream told = new java.io.ByteArrayOutputStream();
        int result = ToolProvider.getSystemJavaCompiler().run(null, told, told, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new AssertionError("does not compile: " + told);
        }
    }

    private static DataSource database() throws SQLException {
        String name = "zoo" + DATABASES.incrementAndGet();
        try (Connection connection = Server.INSTANCE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Server.INSTANCE.jdbcUrl(name));
        source.setUser(Server.INSTANCE.user());
        source.setPassword(Server.INSTANCE.password());
        return source;
    }

    /** Reads something from a new database in which SQL was executed. */
    public static <T> T withDatabase(String sql, Function<Connection, T> reading) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return reading.apply(connection);
        }
    }

    /** The file of choices, each comment in one line. */
    public static String choices(Scaffold scaffold) {
        return new String(scaffold.files().get("choices.yaml"), UTF_8).replaceAll("\\n *#   (?! )", " ");
    }

    /** The address of a new database in which SQL was executed. */
    public static String address(String sql) throws SQLException {
        PGSimpleDataSource database = (PGSimpleDataSource) database();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return "postgresql://" + database.getUser() + ":" + database.getPassword() + "@" + database.getServerNames()[0]
                + ":" + database.getPortNumbers()[0] + "/" + database.getDatabaseName();
    }

    /** The project's pipeline. */
    public Pipeline pipeline() {
        return provider.pipeline();
    }

    /** The pipeline between the dump and a database of its own. */
    public ConnectedPipeline connected() {
        return provider.pipeline().source(DumpSource.open(source)).target(target);
    }

    /** Which of the made-up documents of the project's test its mappings reject. */
    public List<String> undecodedShapes() throws IOException {
        List<String> rejected = new ArrayList<>();
        for (CollectionMapping<?> mapping : pipeline().mappings()) {
            Path file = directory.resolve(
                    "src/test/resources/shapes/" + mapping.table().getName() + ".jsonl");
            for (String json : Files.readAllLines(file)) {
                Decoded<?> decoded = mapping.decode(Dump.bson(json));
                if (!(decoded instanceof MappedDocument)) {
                    rejected.add(mapping + ": " + decoded + " from " + json);
                }
            }
        }
        return rejected;
    }

    /** The first column of a query that needs no tables. */
    public static List<String> server(String query) throws SQLException {
        return rows(Server.INSTANCE.dataSource(), query);
    }

    /** The rows of a query, columns parted by bars. */
    public List<String> rows(String query) throws SQLException {
        return rows(target, query);
    }

    private static List<String> rows(DataSource target, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = target.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
