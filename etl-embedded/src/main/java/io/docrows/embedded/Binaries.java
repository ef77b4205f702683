package io.docrows.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * PostgreSQL's programs. The library unpacks them once, to a directory that it opens for all users to write, so that
 * one user could give another one programs to run. Here that directory lies in one that only this user can enter.
 */
final class Binaries implements PgBinaryResolver {

    static final Binaries INSTANCE = new Binaries();

    /** Where the library looks for servers that others left behind: an empty place, for we sweep ourselves. */
    private static final String SWEPT_BY_THE_LIBRARY = "ot.epg.working-dir";

    private volatile String digest = "";

    private Binaries() {}

    /** Returns where the programs are unpacked to, and keeps the library away from other places. */
    Path workingDirectory() throws IOException {
        Path own = OwnDirectory.below(TemporaryDirectory.onDisk());
        System.setProperty(SWEPT_BY_THE_LIBRARY, own.resolve("none").toString());
        return own.resolve("programs");
    }

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        byte[] packed;
        try (InputStream stream = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware)) {
            packed = stream.readAllBytes();
        }
        try {
            // The library's name for them.
            digest = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(packed));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
        return new ByteArrayInputStream(packed);
    }

    /** Returns how to run a program of PostgreSQL, which refuses to be run by root. They must have been unpacked. */
    List<String> command(String program) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        Path bin = workingDirectory().resolve("PG-" + digest).resolve("bin");
        Path onWindows = bin.resolve(program + ".exe");
        command.add((Files.exists(onWindows) ? onWindows : bin.resolve(program)).toString());
        return command;
    }
}
