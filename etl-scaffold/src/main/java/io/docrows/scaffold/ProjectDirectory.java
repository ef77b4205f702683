package io.docrows.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.scaffold.internal.write.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The directory of a project. It remembers what was written there, so that files which somebody has edited since are
 * never overwritten. Immutable.
 */
public final class ProjectDirectory {

    private static final String MANIFEST = ".scaffold";
    private static final String HEADER = "# What scaffold wrote here. A file that has changed since is left alone.\n";

    private final Path directory;

    private ProjectDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * What became of the files.
     *
     * @param written how many were written, or were there just like that
     * @param kept those that were left as they are, because somebody has edited them
     * @param removed those that the project no longer has
     */
    public record Written(int written, List<String> kept, List<String> removed) {

        /** Copies the lists. */
        public Written {
            kept = List.copyOf(kept);
            removed = List.copyOf(removed);
        }
    }

    /**
     * A directory for a project.
     *
     * @param directory empty, not there yet, or with a project that was scaffolded
     * @return the directory
     * @throws DocrowsException {@code INVALID_OPTION} if something else is in it
     */
    public static ProjectDirectory of(Path directory) {
        if (Files.exists(directory) && !Files.isRegularFile(directory.resolve(MANIFEST)) && !isEmpty(directory)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    directory + " is not empty, and holds no project that was scaffolded; name a new directory");
        }
        return new ProjectDirectory(directory);
    }

    private static boolean isEmpty(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private static DocrowsException failed(Path path, IOException e) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "cannot write to " + path + ": " + e.getClass().getSimpleName(),
                e);
    }

    /**
     * Writes a project.
     *
     * @param files its files, by path
     * @return what became of them
     * @throws DocrowsException {@code INVALID_OPTION} if the directory cannot be written to
     */
    public Written write(Map<String, byte[]> files) {
        try {
            return replace(files);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    private Written replace(Map<String, byte[]> files) throws IOException {
        Map<String, String> before = manifest();
        Map<String, String> after = new TreeMap<>();
        List<String> kept = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            String hash = hash(file.getValue());
            String now = Files.exists(path) ? hash(Files.readAllBytes(path)) : "";
            if (!now.isEmpty() && !now.equals(hash) && !now.equals(before.get(file.getKey()))) {
                kept.add(file.getKey());
                // As it was written, so that it counts as edited next time, too.
                after.put(file.getKey(), before.getOrDefault(file.getKey(), "-"));
                continue;
            }
            after.put(file.getKey(), hash);
            if (!now.equals(hash)) {
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            if (ProjectFiles.isExecutable(file.getKey()) && !path.toFile().setExecutable(true)) {
                throw new IOException("cannot be made executable: " + file.getKey());
            }
        }
        for (Map.Entry<String, String> old : before.entrySet()) {
            Path path = directory.resolve(old.getKey());
            if (!files.containsKey(old.getKey()) && Files.exists(path)) {
                if (hash(Files.readAllBytes(path)).equals(old.getValue())) {
                    Files.delete(path);
                    removed.add(old.getKey());
                } else {
                    kept.add(old.getKey());
                }
            }
        }
        StringBuilder manifest = new StringBuilder(HEADER);
        after.forEach(
                (path, hash) -> manifest.append(hash).append("  ").append(path).append('\n'));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(MANIFEST), manifest.toString());
        return new Written(files.size() - kept.size(), kept, removed);
    }

    private Map<String, String> manifest() throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        Path manifest = directory.resolve(MANIFEST);
        if (Files.exists(manifest)) {
            for (String line : Files.readString(manifest, UTF_8).lines().toList()) {
                String[] parts = line.split("  ", 2);
                if (!line.startsWith("#") && parts.length == 2) {
                    hashes.put(parts[1], parts[0]);
                }
            }
        }
        return hashes;
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
