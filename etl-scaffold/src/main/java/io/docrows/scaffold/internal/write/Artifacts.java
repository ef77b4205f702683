package io.docrows.scaffold.internal.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a project needs of Docrows, for its own file repository: as long as nothing is published, it comes along. The
 * program's one jar carries it. Immutable.
 *
 * @param version the version of all of it; one that only these very bytes have, so that no cache of Maven's gives
 *     others
 * @param repository the files of a Maven repository, by path
 */
public record Artifacts(String version, Map<String, byte[]> repository) {

    /** Where the program carries them. */
    private static final String CARRIED = "/META-INF/docrows/artifacts/";

    private static final String GROUP = "io/docrows/";
    private static final List<String> JARS =
            List.of("etl-cli", "etl-codegen", "etl-core", "etl-embedded", "etl-inspect", "etl-scaffold");

    private static final List<String> ALL =
            Stream.concat(JARS.stream(), Stream.of("docrows-parent", "etl-bom")).toList();

    /** The parent's, and that of the list of versions. */
    private static final int POMS = 2;

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>docrows-parent</artifactId>\\s*<version>([^<]+)</version>");

    /** Copies the map. */
    public Artifacts {
        repository = java.util.Collections.unmodifiableMap(new TreeMap<>(repository));
    }

    /** What this program carries; empty if it was not started from its one jar. */
    public static Optional<Artifacts> carried() {
        Map<String, byte[]> files = new TreeMap<>();
        read("pom.xml").ifPresent(bytes -> files.put("docrows-parent.pom", bytes));
        read("etl-bom/pom.xml").ifPresent(bytes -> files.put("etl-bom.pom", bytes));
        for (String module : JARS) {
            read(module + "/pom.xml").ifPresent(bytes -> files.put(module + ".pom", bytes));
            read(module + ".jar").ifPresent(bytes -> files.put(module + ".jar", bytes));
        }
        boolean complete = files.size() == POMS + 2 * JARS.size();
        return complete ? Optional.of(of(files)) : Optional.empty();
    }

    /**
     * What is beside the jars that this program runs from, if those are in a Maven repository: that of a project which
     * was scaffolded itself.
     */
    public static Optional<Artifacts> besideThis() {
        CodeSource source = Artifacts.class.getProtectionDomain().getCodeSource();
        Path jar = source == null || !"file".equals(source.getLocation().getProtocol())
                ? Path.of("")
                : Path.of(URI.create(source.getLocation().toString()));
        Path directory = jar.getParent();
        if (directory == null || !String.valueOf(jar.getFileName()).matches("etl-scaffold-.*\\.jar")) {
            return Optional.empty();
        }
        String version = String.valueOf(directory.getFileName());
        Path group = directory.resolve("../..").normalize();
        Map<String, byte[]> repository = new TreeMap<>();
        for (String artifact : ALL) {
            for (String ending : List.of(".pom", ".jar")) {
                String name = artifact + "/" + version + "/" + artifact + "-" + version + ending;
                if (Files.exists(group.resolve(name))) {
                    try {
                        repository.put(GROUP + name, Files.readAllBytes(group.resolve(name)));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
        boolean complete = repository.size() == POMS + 2 * JARS.size();
        return complete ? Optional.of(new Artifacts(version, repository)) : Optional.empty();
    }

    private static Artifacts of(Map<String, byte[]> files) {
        Matcher found = VERSION.matcher(new String(files.getOrDefault("docrows-parent.pom", new byte[0]), UTF_8));
        if (!found.find()) {
            throw new IllegalStateException("the parent's pom names no version");
        }
        String built = found.group(1);
        String version = built.endsWith("-SNAPSHOT")
                ? built.substring(0, built.length() - "SNAPSHOT".length()) + mark(files)
                : built;
        Map<String, byte[]> repository = new TreeMap<>();
        files.forEach((name, bytes) -> {
            String artifact = name.substring(0, name.lastIndexOf('.'));
            String ending = name.substring(name.lastIndexOf('.'));
            byte[] content = ending.equals(".pom")
                    ? new String(bytes, UTF_8)
                            .replace("<version>" + built + "</version>", "<version>" + version + "</version>")
                            .getBytes(UTF_8)
                    : bytes;
            repository.put(GROUP + artifact + "/" + version + "/" + artifact + "-" + version + ending, content);
        });
        return new Artifacts(version, repository);
    }

    private static String mark(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update(name.getBytes(UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A file that the program carries. */
    static Optional<byte[]> read(String name) {
        try (InputStream in = Artifacts.class.getResourceAsStream(CARRIED + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
