package io.docrows.embedded;

import java.nio.file.Path;
import java.util.UUID;

/**
 * Where temporary servers live: where the library unpacks PostgreSQL, because there it sweeps away, ten minutes later,
 * what a killed JVM left behind.
 */
final class TemporaryDirectory {

    private TemporaryDirectory() {}

    static Path next() {
        Path byDefault = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");
        String root = System.getProperty("ot.epg.working-dir", byDefault.toString());
        return Path.of(root).toAbsolutePath().resolve(UUID.randomUUID().toString());
    }
}
