package io.docrows.cli.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The migrations of this build, found and summed up without Flyway: only where all that lies at the location is plain
 * versioned scripts, of which there is nothing to know but name and content.
 */
final class MigrationFiles {

    private static final String CLASSPATH = "classpath:";
    private static final Pattern SCRIPT = Pattern.compile("V([0-9]+(?:[._][0-9]+)*)__(.+)\\.sql");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Map<String, Script> scripts = new HashMap<>();
    private boolean plain = true;

    /**
     * A script.
     *
     * @param description as Flyway takes it from the name
     * @param checksum as Flyway computes it
     */
    record Script(String description, int checksum) {}

    private MigrationFiles() {}

    /**
     * Looks for them.
     *
     * @param loader finds the location
     * @param location Flyway's location
     * @return the scripts by their versions; empty if only Flyway can tell
     */
    static Optional<Map<String, Script>> at(ClassLoader loader, String location) {
        if (!location.matches(CLASSPATH + "[\\w/-]+")) {
            return Optional.empty();
        }
        String folder = location.substring(CLASSPATH.length()).replaceAll("^/|/$", "");
        MigrationFiles files = new MigrationFiles();
        try {
            for (URL url : Collections.list(loader.getResources(folder))) {
                files.addAll(url, folder + "/");
            }
        } catch (IOException | URISyntaxException e) {
            // Flyway says what is wrong with it.
            return Optional.empty();
        }
        return files.plain && !files.scripts.isEmpty() ? Optional.of(files.scripts) : Optional.empty();
    }

    private void addAll(URL url, String folder) throws IOException, URISyntaxException {
        if (url.getProtocol().equals("file")) {
            try (Stream<Path> found = Files.walk(Path.of(url.toURI()))) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    try (InputStream content = Files.newInputStream(file)) {
                        add(String.valueOf(file.getFileName()), content);
                    }
                }
            }
            return;
        }
        URLConnection connection = url.openConnection();
        if (!(connection instanceof JarURLConnection inside)) {
            plain = false;
            return;
        }
        // It is the class loader's own, or cached as that is: not to be closed.
        JarFile jar = inside.getJarFile();
        List<JarEntry> found = jar.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(folder))
                .toList();
        for (JarEntry entry : found) {
            try (InputStream content = jar.getInputStream(entry)) {
                add(entry.getName().substring(entry.getName().lastIndexOf('/') + 1), content);
            }
        }
    }

    private void add(String name, InputStream content) throws IOException {
        Matcher script = SCRIPT.matcher(name);
        plain = plain
                && script.matches()
                && scripts.put(
                                script.group(1).replace('_', '.'),
                                new Script(script.group(2).replace('_', ' '), checksum(content)))
                        == null;
    }

    /** The CRC-32 of the lines, without what ends them and without a mark of the byte order. */
    private static int checksum(InputStream content) throws IOException {
        CRC32 sum = new CRC32();
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, UTF_8));
        boolean first = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String text = first && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
            sum.update(text.getBytes(UTF_8));
            first = false;
        }
        return (int) sum.getValue();
    }
}
