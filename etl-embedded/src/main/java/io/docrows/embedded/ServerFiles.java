package io.docrows.embedded;

import java.nio.file.Path;

/**
 * Where a server keeps what is its own.
 *
 * @param home a directory that only this user can enter
 */
record ServerFiles(Path home) {

    /** PostgreSQL's own directory. */
    Path data() {
        return home.resolve("data");
    }

    ServerLog log() {
        return new ServerLog(home.resolve("server.log"));
    }

    /** The password of the superuser, in the form of PostgreSQL's password files. */
    Path password() {
        return home.resolve("pgpass");
    }

    /** The password as the program that makes the data directory reads it; there until that is done. */
    Path initialPassword() {
        return home.resolve("initial-password");
    }
}
