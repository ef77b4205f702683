package io.docrows.spark.hadoop;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path of names with slashes between them, in one of Hadoop's file systems. Immutable. */
final class HadoopPath implements Path {

    private final HadoopFiles files;
    private final boolean absolute;
    private final List<String> names;

    HadoopPath(HadoopFiles files, String text) {
        this(
                files,
                text.startsWith("/"),
                Arrays.stream(text.split("/")).filter(name -> !name.isEmpty()).toList());
    }

    private HadoopPath(HadoopFiles files, boolean absolute, List<String> names) {
        this.files = files;
        this.absolute = absolute;
        this.names = names;
    }

    /** The path within its file system. */
    String text() {
        return (absolute ? "/" : "") + String.join("/", names);
    }

    @Override
    public FileSystem getFileSystem() {
        return files;
    }

    HadoopFiles files() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? new HadoopPath(files, true, List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : new HadoopPath(files, false, names.subList(names.size() - 1, names.size()));
    }

    @Override
    public @Nullable Path getParent() {
        return names.isEmpty() || (!absolute && names.size() == 1)
                ? null
                : new HadoopPath(files, absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int begin, int end) {
        if (begin < 0 || end > names.size() || begin >= end) {
            throw new IllegalArgumentException(
                    "no names from " + begin + " to " + end + " in a path of " + names.size());
        }
        return new HadoopPath(files, false, names.subList(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof HadoopPath that
                && files.equals(that.files)
                && absolute == that.absolute
                && names.size() >= that.names.size()
                && names.subList(0, that.names.size()).equals(that.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof HadoopPath that
                && files.equals(that.files)
                && (that.absolute
                        ? equals(that)
                        : names.size() >= that.names.size()
                                && names.subList(names.size() - that.names.size(), names.size())
                                        .equals(that.names));
    }

    @Override
    public HadoopPath normalize() {
        Deque<String> kept = new ArrayDeque<>();
        for (String name : names) {
            if (name.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (name.equals("..") && absolute) {
                continue;
            } else if (!name.equals(".")) {
                kept.addLast(name);
            }
        }
        return new HadoopPath(files, absolute, List.copyOf(kept));
    }

    @Override
    public Path resolve(Path other) {
        if (other.isAbsolute()) {
            return other;
        }
        return new HadoopPath(files, text() + "/" + other);
    }

    @Override
    public Path relativize(Path other) {
        if (!other.startsWith(this)) {
            throw new IllegalArgumentException("the other path is not below this one");
        }
        return new HadoopPath(files, false, ((HadoopPath) other).names.subList(names.size(), other.getNameCount()));
    }

    @Override
    public URI toUri() {
        try {
            URI root = files.root();
            return new URI(
                    root.getScheme(),
                    root.getAuthority(),
                    toAbsolutePath().normalize().text(),
                    null,
                    null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path is always a URI", e);
        }
    }

    @Override
    public HadoopPath toAbsolutePath() {
        return absolute ? this : new HadoopPath(files, true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HadoopPath that
                && files.equals(that.files)
                && absolute == that.absolute
                && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** An absolute path with its file system before it, which is how people name it; a relative one as it is. */
    @Override
    public String toString() {
        return absolute ? files.prefix() + text() : text();
    }
}
