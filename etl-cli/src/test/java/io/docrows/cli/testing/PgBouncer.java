package io.docrows.cli.testing;

import io.docrows.embedded.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PgBouncer in front of a server, where the program is installed. */
public final class PgBouncer implements AutoCloseable {

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    private static Path program() {
        return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("pgbouncer"));
    }

    public static boolean isInstalled() {
        return program().isAbsolute();
    }

    /** Starts one; {@code mode} is its {@code pool_mode}, {@code directory} an empty one. */
    public static PgBouncer start(PostgresServer server, String mode, Path directory) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path configuration = Files.writeString(
                directory.resolve("pgbouncer.ini"),
                String.join(
                        "\n",
                        "[databases]",
                        "* = host=localhost port=" + server.port() + " user=postgres password=" + server.password(),
                        "[pgbouncer]",
                        "listen_addr=127.0.0.1",
                        "listen_port=" + port,
                        "unix_socket_dir=",
                        "auth_type=any",
                        "pool_mode=" + mode,
                        "ignore_startup_parameters=extra_float_digits",
                        ""));
        Process process = new ProcessBuilder(program().toString(), "-u", "nobody", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(process, port);
        bouncer.await();
        return bouncer;
    }

    /** Asks until there is an answer. */
    private void await() throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres")
                        .close();
                return;
            } catch (SQLException e) {
                if (attempt == 100 || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("PgBouncer did not start", e);
                }
            }
        }
    }

    public String address(String database) {
        return "postgresql://postgres@127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(5, TimeUnit.SECONDS);
    }
}
