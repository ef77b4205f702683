package io.docrows.cli.program;

import java.nio.file.Path;

/** Files that a program can read and that are not this machine's, such as those of a cluster. */
public interface RemoteFiles {

    /**
     * Whether an address is one of theirs, as far as its form tells. Quick, and without looking.
     *
     * @param address as it was written
     * @return true if {@link #path} is to be asked
     */
    boolean include(String address);

    /**
     * Finds a file or directory.
     *
     * @param address as it was written
     * @return the path, not looked at
     * @throws io.docrows.error.DocrowsException {@code SOURCE_UNAVAILABLE} if nothing can be at such an address
     */
    Path path(String address);
}
