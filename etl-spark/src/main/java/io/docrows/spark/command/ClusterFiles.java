package io.docrows.spark.command;

import io.docrows.cli.program.RemoteFiles;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.spark.hadoop.HadoopFiles;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files by an address with a scheme: Hadoop knows which file system is meant, and Spark how it is reached. */
final class ClusterFiles implements RemoteFiles {

    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://?[^/]?.*");

    /** Addresses of servers. */
    private static final Set<String> OTHERS =
            Set.of("mongodb", "mongodb+srv", "postgres", "postgresql", "jdbc", "http", "https");

    @Override
    public boolean include(String address) {
        Matcher scheme = SCHEME.matcher(address);
        return scheme.matches() && !OTHERS.contains(scheme.group(1));
    }

    @Override
    public Path path(String address) {
        try {
            return HadoopFiles.path(address, Sessions.session().sparkContext().hadoopConfiguration());
        } catch (IOException | IllegalArgumentException e) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "Hadoop finds no file system for the source ("
                            + ForeignText.printable(String.valueOf(e.getMessage()))
                            + "). Check the address; its file system may need a jar, given by --packages.",
                    e);
        }
    }
}
