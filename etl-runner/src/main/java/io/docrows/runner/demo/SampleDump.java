package io.docrows.runner.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The sample dump that is packed into this program, unpacked into a temporary directory for as long as it is needed.
 * Immutable.
 */
public final class SampleDump implements AutoCloseable {

    private static final String RESOURCE = "/samples/gigs";

    private final Path directory;

    private SampleDump(Path directory) {
        this.directory = directory;
    }

    /**
     * Unpacks it.
     *
     * @return the dump, to be closed when it was read
     * @throws UncheckedIOException if it cannot be written to the temporary directory
     */
    public static SampleDump unpack() {
        URL url = SampleDump.class.getResource(RESOURCE);
        if (url == null) {
            throw new IllegalStateException("this build was made without its samples");
        }
        try {
            SampleDump dump = new SampleDump(Files.createTempDirectory("docrows-sample"));
            URI uri = url.toURI();
            if (uri.getScheme().equals("file")) {
                dump.copy(Path.of(uri));
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    dump.copy(jar.getPath(RESOURCE));
                }
            }
            return dump;
        } catch (IOException e) {
            throw new UncheckedIOException("the sample documents could not be unpacked", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the directory, as mongodump writes one. */
    public Path directory() {
        return directory;
    }

    private void copy(Path root) throws IOException {
        for (Path from : tree(root)) {
            Path to = directory.resolve(root.relativize(from).toString());
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        }
    }

    private static List<Path> tree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.sorted().toList();
        }
    }

    /** Deletes what was unpacked. */
    @Override
    public void close() {
        try {
            for (Path path :
                    tree(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // A few megabytes in the temporary directory are no reason to fail.
        }
    }
}
