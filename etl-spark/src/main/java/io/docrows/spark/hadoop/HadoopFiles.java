package io.docrows.spark.hadoop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/**
 * One of Hadoop's file systems, the one that an address leads to. It is Hadoop's to share and to close, so closing this
 * does nothing. Thread-safe.
 */
public final class HadoopFiles extends FileSystem {

    private final org.apache.hadoop.fs.FileSystem files;
    private final URI root;

    private HadoopFiles(org.apache.hadoop.fs.FileSystem files) {
        this.files = files;
        this.root = files.getUri();
    }

    /**
     * Finds a file or directory.
     *
     * @param address with a scheme, such as {@code hdfs://host/dump} or {@code s3a://bucket/dump}; special characters
     *     stand for themselves
     * @param configuration Hadoop's, with which Spark reaches that file system
     * @return the path, not looked at
     * @throws IOException if there is no such file system, or it cannot be reached
     */
    public static Path path(String address, Configuration configuration) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(address);
        HadoopFiles files = new HadoopFiles(path.getFileSystem(configuration));
        return new HadoopPath(files, path.toUri().getPath());
    }

    FileStatus status(HadoopPath path) throws IOException {
        return files.getFileStatus(hadoop(path));
    }

    FileStatus[] list(HadoopPath directory) throws IOException {
        return files.listStatus(hadoop(directory));
    }

    FSDataInputStream open(HadoopPath path) throws IOException {
        return files.open(hadoop(path));
    }

    private org.apache.hadoop.fs.Path hadoop(HadoopPath path) {
        return new org.apache.hadoop.fs.Path(root.getScheme(), root.getAuthority(), path.text());
    }

    /** What stands before a path where people read it. */
    String prefix() {
        String authority = root.getAuthority();
        return root.getScheme() + "://" + (authority == null ? "" : authority);
    }

    URI root() {
        return root;
    }

    @Override
    public FileSystemProvider provider() {
        return HadoopFileProvider.INSTANCE;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(new HadoopPath(this, "/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        return new HadoopPath(this, more.length == 0 ? first : first + "/" + String.join("/", more));
    }

    /** Names are matched as those of this machine's files are. */
    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher names = FileSystems.getDefault().getPathMatcher(pattern);
        return path -> names.matches(Path.of(path.toString()));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HadoopFiles that && root.equals(that.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }
}
