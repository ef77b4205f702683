package io.docrows.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of the machine's own packages, with extensions that the embedded one has not, where it is installed. */
public final class MachinePostgres implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

    private final Process process;
    private final PGSimpleDataSource target;

    private MachinePostgres(Process process, PGSimpleDataSource target) {
        this.process = process;
        this.target = target;
    }

    /** The directory of the newest one's programs that has an extension. */
    public static Optional<Path> with(String extension) throws IOException {
        if (!Files.isDirectory(PROGRAMS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PROGRAMS)) {
            return versions.sorted()
                    .filter(version -> Files.exists(Path.of(
                            "/usr/share/postgresql",
                            version.getFileName().toString(),
                            "extension",
                            extension + ".control")))
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .reduce((older, newer) -> newer);
        }
    }

    /** Starts one; {@code directory} is an empty one. */
    public static MachinePostgres start(Path programs, Path directory) throws Exception {
        Path data = directory.resolve("data");
        Path log = directory.resolve("log");
        int initialised = process(
                        log,
                        programs.resolve("initdb").toString(),
                        "-D" + data,
                        "-Apassword",
                        "--pwfile=" + Files.writeString(directory.resolve("password"), "postgres\n"),
                        "-Upostgres",
                        "-Eutf8",
                        "--locale=C",
                        "-N")
                .waitFor();
        if (initialised != 0) {
            throw new IOException("initdb failed: " + Files.readString(log));
        }
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setServerNames(new String[] {"127.0.0.1"});
        target.setPortNumbers(new int[] {port});
        target.setUser("postgres");
        target.setPassword("postgres");
        Process server = process(
                log,
                programs.resolve("postgres").toString(),
                "-D" + data,
                "-p" + port,
                "-F",
                "-clisten_addresses=127.0.0.1",
                "-cunix_socket_directories=");
        MachinePostgres postgres = new MachinePostgres(server, target);
        postgres.await(log);
        return postgres;
    }

    private static Process process(Path log, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL does not run as root.
            words.addAll(0, List.of("unshare", "-U"));
        }
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Asks until there is an answer; the system's limit of attempts to connect is the bound. */
    private void await(Path log) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try (Connection connection = target.getConnection()) {
                return;
            } catch (SQLException e) {
                if (attempt == 200 || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("PostgreSQL did not start: " + Files.readString(log), e);
                }
            }
        }
    }

    public Bookshop.Database database() {
        return new Bookshop.Database(target);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
