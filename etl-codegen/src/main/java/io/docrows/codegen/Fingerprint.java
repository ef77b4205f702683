package io.docrows.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A SHA-256 over names and contents, in the order in which they are added. Not thread-safe. */
final class Fingerprint {

    /** Those for which the embedded server has programs. */
    private static final List<String> PLATFORMS =
            List.of("linux-x86_64", "linux-arm_64", "darwin-x86_64", "darwin-arm_64", "windows-x86_64");

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Adds a file; one that does not exist counts as different from an empty one. */
    void addFile(Path file) throws IOException {
        add(String.valueOf(file.getFileName()), Files.exists(file) ? Files.readAllBytes(file) : null);
    }

    /** Adds all files of a directory that the filter accepts, in the order of their names. */
    void addTree(Path root, Predicate<Path> filter) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(root)) {
            files = tree.filter(Files::isRegularFile).filter(filter).sorted().toList();
        }
        for (Path file : files) {
            add(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
    }

    /** Adds the code of a class. */
    void addClass(Class<?> type) throws IOException {
        try (InputStream code = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            add(type.getName(), code == null ? null : code.readAllBytes());
        }
    }

    /**
     * Adds which PostgreSQL is on the class path, packed as one file for each platform: another version tells a schema
     * in another way. Told by size and checksum in the jar's directory, so that nothing is read or unpacked.
     */
    void addPrograms(ClassLoader classes) throws IOException {
        for (String platform : PLATFORMS) {
            String name = "postgres-" + platform + ".txz";
            URL packed = classes.getResource(name);
            if (packed == null) {
                continue;
            }
            URLConnection connection = packed.openConnection();
            if (connection instanceof JarURLConnection jar) {
                // Jars of a class loader that is kept open stay so; this one is not shared with it.
                jar.setUseCaches(false);
                try (JarFile file = jar.getJarFile()) {
                    JarEntry entry = jar.getJarEntry();
                    add(name + ' ' + entry.getSize() + ' ' + entry.getCrc(), null);
                }
            } else {
                add(name + ' ' + connection.getContentLengthLong() + ' ' + connection.getLastModified(), null);
                connection.getInputStream().close();
            }
        }
    }

    private void add(String name, byte @Nullable [] content) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        int length = content == null ? -1 : content.length;
        // The lengths keep neighbours apart: "ab" and "c" is not "a" and "bc".
        digest.update(
                ByteBuffer.allocate(8).putInt(nameBytes.length).putInt(length).array());
        digest.update(nameBytes);
        if (content != null) {
            digest.update(content);
        }
    }

    /** Returns the fingerprint so far as hexadecimal digits. */
    @Override
    public String toString() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's SHA-256 can be cloned", e);
        }
    }
}
