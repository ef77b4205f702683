package io.docrows.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** A PgBouncer in front of a database, where the program is installed. */
public final class PgBouncer implements AutoCloseable {

    private final Process process;
    private final int port;
    private final PGSimpleDataSource behind;

    private PgBouncer(Process process, int port, PGSimpleDataSource behind) {
        this.process = process;
        this.port = port;
        this.behind = behind;
    }

    public static Optional<Path> program() {
        return List.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one; {@code mode} is its {@code pool_mode}, {@code directory} an empty one. */
    public static PgBouncer start(PGSimpleDataSource target, String mode, Path directory) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String password = target.getPassword() == null ? "" : " password=" + target.getPassword();
        Path configuration = Files.writeString(
                directory.resolve("pgbouncer.ini"),
                "[databases]\n* = host=" + target.getServerNames()[0] + " port=" + target.getPortNumbers()[0] + " user="
                        + target.getUser() + password + "\n[pgbouncer]\nlisten_addr=127.0.0.1\nlisten_port=" + port
                        + "\nunix_socket_dir=\nauth_type=any\npool_mode=" + mode
                        + "\nignore_startup_parameters=extra_float_digits\n");
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(), "-u", "nobody", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(process, port, target);
        bouncer.await();
        return bouncer;
    }

    /** Asks until there is an answer; the system's limit of attempts to connect is the bound. */
    private void await() throws Exception {
        for (int attempt = 0; ; attempt++) {
            try (Connection connection = target().getConnection()) {
                return;
            } catch (SQLException e) {
                if (attempt == 100 || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new IOException("PgBouncer did not start", e);
                }
            }
        }
    }

    public PGSimpleDataSource target() {
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setServerNames(new String[] {"127.0.0.1"});
        target.setPortNumbers(new int[] {port});
        target.setDatabaseName(behind.getDatabaseName());
        target.setUser(behind.getUser());
        return target;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(5, TimeUnit.SECONDS);
    }
}
