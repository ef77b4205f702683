package io.docrows.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.scaffold.internal.write.ProjectFiles;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The directory of a project. It remembers what was written there, so that files which somebody has edited since are
 * never overwritten. Immutable.
 */
public final class ProjectDirectory {

    private static final String MANIFEST = ".scaffold";
    private static final String CHOICES = "choices.yaml";

    /** Stands for a hash where the choices are somebody's. */
    private static final String CHOSEN = "chosen";

    /** A file that is not whole yet. */
    private static final String HALF = ".scaffold.new";

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
            // What is not whole yet is all that there is of a project whose writing was interrupted at once.
            return files.allMatch(file -> file.endsWith(HALF));
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
     * Writes a project. Whoever interrupts that can do it again.
     *
     * @param files its files, by path
     * @param chosen whether somebody has chosen what becomes of the documents
     * @return what became of them
     * @throws DocrowsException {@code INVALID_OPTION} if the directory cannot be written to
     */
    public Written write(Map<String, byte[]> files, boolean chosen) {
        try {
            return replace(files, chosen);
        } catch (IOException e) {
            throw failed(directory, e);
        }
    }

    /**
     * Says that choices which somebody made are not to be forgotten.
     *
     * @throws DocrowsException {@code INVALID_OPTION} if the project was made with choices, or its {@code choices.yaml}
     *     has been edited since
     */
    public void checkThatNothingIsChosen() {
        Path file = directory.resolve(CHOICES);
        try {
            if (!Files.exists(file)) {
                return;
            }
            Set<String> written = manifest().getOrDefault(CHOICES, Set.of());
            if (written.contains(CHOSEN) || !written.contains(hash(Files.readAllBytes(file)))) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        file + " says what somebody has chosen, and without it the project would be made anew with what"
                                + " is usual: add --choices " + file + ", or delete that file first");
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private Written replace(Map<String, byte[]> files, boolean chosen) throws IOException {
        Map<String, Set<String>> before = manifest();
        Map<String, Set<String>> after = new TreeMap<>();
        List<String> kept = new ArrayList<>();
        Map<String, byte[]> outdated = new TreeMap<>();
        // Before anything is written.
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = place(file.getKey());
            String hash = hash(file.getValue());
            String now = Files.exists(path) ? hash(Files.readAllBytes(path)) : "";
            Set<String> known = before.getOrDefault(file.getKey(), Set.of());
            if (!now.isEmpty() && !now.equals(hash) && !known.contains(now)) {
                kept.add(file.getKey());
                // As it was written, so that it counts as edited next time, too.
                after.put(file.getKey(), known.isEmpty() ? Set.of("-") : known);
                continue;
            }
            after.put(file.getKey(), Set.of(hash));
            if (!now.equals(hash)) {
                outdated.put(file.getKey(), file.getValue());
            }
        }
        if (chosen && after.containsKey(CHOICES)) {
            Set<String> marked = new TreeSet<>(after.getOrDefault(CHOICES, Set.of()));
            marked.add(CHOSEN);
            after.put(CHOICES, marked);
        }
        Files.createDirectories(directory);
        // First what is written now and what was before: whoever is interrupted can go on.
        Map<String, Set<String>> both = new TreeMap<>(after);
        before.forEach((path, hashes) -> both.merge(path, hashes, ProjectDirectory::union));
        if (!chosen) {
            both.computeIfPresent(CHOICES, (path, hashes) -> without(hashes, CHOSEN));
        }
        writeManifest(both);
        for (Map.Entry<String, byte[]> file : outdated.entrySet()) {
            put(place(file.getKey()), file.getValue());
        }
        for (String file : files.keySet()) {
            if (ProjectFiles.isExecutable(file)
                    && !kept.contains(file)
                    && !place(file).toFile().setExecutable(true)) {
                throw new IOException("cannot be made executable: " + file);
            }
        }
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, Set<String>> old : before.entrySet()) {
            Path path = place(old.getKey());
            if (!files.containsKey(old.getKey()) && Files.exists(path)) {
                if (old.getValue().contains(hash(Files.readAllBytes(path)))) {
                    Files.delete(path);
                    removed.add(old.getKey());
                } else {
                    kept.add(old.getKey());
                }
            }
        }
        writeManifest(after);
        return new Written(
                files.size() - (int) kept.stream().filter(files::containsKey).count(), kept, removed);
    }

    private Path place(String name) {
        try {
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "the name " + ForeignText.name(name) + " cannot be that of a file here. Set a locale of UTF-8, such"
                            + " as LC_ALL=C.UTF-8, for this and for the project's build, or name the table of the"
                            + " collection another way with --choices",
                    e);
        }
    }

    /** Never half of a file. */
    private void put(Path path, byte[] content) throws IOException {
        Path place = Files.isSymbolicLink(path) ? path.toRealPath() : path;
        Files.createDirectories(Objects.requireNonNull(place.getParent()));
        Path half = directory.resolve(HALF);
        try {
            Files.write(half, content);
            Files.move(half, place, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private void writeManifest(Map<String, Set<String>> files) throws IOException {
        StringBuilder manifest = new StringBuilder(HEADER);
        files.forEach((path, hashes) -> hashes.forEach(
                hash -> manifest.append(hash).append("  ").append(path).append('\n')));
        put(directory.resolve(MANIFEST), manifest.toString().getBytes(UTF_8));
    }

    private static Set<String> without(Set<String> some, String one) {
        Set<String> rest = new TreeSet<>(some);
        rest.remove(one);
        return rest;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    /** The hashes of what was written, by path: several of a file that was to be replaced. */
    private Map<String, Set<String>> manifest() throws IOException {
        Map<String, Set<String>> hashes = new TreeMap<>();
        Path manifest = directory.resolve(MANIFEST);
        if (Files.exists(manifest)) {
            for (String line : Files.readString(manifest, UTF_8).lines().toList()) {
                String[] parts = line.split("  ", 2);
                if (!line.startsWith("#") && parts.length == 2) {
                    hashes.computeIfAbsent(parts[1], none -> new TreeSet<>()).add(parts[0]);
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
