package io.docrows.spark.command;

import io.docrows.cli.connection.KeyStores;
import io.docrows.cli.connection.SourceAddress;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentSource;
import io.docrows.source.file.FileSources;
import io.docrows.source.json.JsonOptions;
import io.docrows.source.json.JsonSource;
import io.docrows.source.mongo.MongoSource;
import io.docrows.spark.SourceFactory;
import io.docrows.spark.hadoop.HadoopFiles;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The source as the command line was given it, for each process to open.
 *
 * @param kind what is there
 * @param place the connection string, or the path
 * @param database the database to read, where there are several; null for the only one
 * @param collection the collection in a single file of JSON; null for the file's name
 * @param numbered whether documents of JSON get a number as their {@code _id}
 * @param idFields the fields of which an {@code _id} is made for documents of JSON
 * @param tls Java's properties of the key stores for TLS to MongoDB, passwords among them
 * @param hadoop how Spark reaches the file system; null where the path is one of every machine
 */
record OpenedSource(
        Kind kind,
        String place,
        @Nullable String database,
        @Nullable String collection,
        boolean numbered,
        List<String> idFields,
        TreeMap<String, String> tls,
        @Nullable SerializableConfiguration hadoop)
        implements SourceFactory {

    /** What is at the place. */
    enum Kind {
        MONGO,
        FILES,
        JSON
    }

    static OpenedSource of(SourceAddress address) {
        if (address instanceof SourceAddress.Mongo mongo) {
            return new OpenedSource(
                    Kind.MONGO,
                    mongo.uri(),
                    null,
                    null,
                    false,
                    List.of(),
                    new TreeMap<>(mongo.stores().properties()),
                    null);
        }
        if (address instanceof SourceAddress.Dump dump) {
            return files(Kind.FILES, dump.path(), dump.database().orElse(null), dump.json());
        }
        if (address instanceof SourceAddress.Json json) {
            return files(Kind.JSON, json.path(), null, json.json());
        }
        throw unseen();
    }

    /** Refuses what executors cannot see. */
    static void requireSeen(SourceAddress address) {
        if (!(address instanceof SourceAddress.Mongo
                || address instanceof SourceAddress.Dump
                || address instanceof SourceAddress.Json)) {
            throw unseen();
        }
    }

    private static DocrowsException unseen() {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "--source: executors can read a MongoDB server, or files that all of them see; neither standard input"
                        + " nor the sample documents are that");
    }

    private static OpenedSource files(Kind kind, Path path, @Nullable String database, JsonOptions json) {
        SerializableConfiguration hadoop = path.getFileSystem().equals(FileSystems.getDefault())
                ? null
                : new SerializableConfiguration(
                        Sessions.session().sparkContext().hadoopConfiguration());
        return new OpenedSource(
                kind,
                path.toString(),
                database,
                json.collection().orElse(null),
                json.numbered(),
                new ArrayList<>(json.idFields()),
                new TreeMap<>(),
                hadoop);
    }

    @Override
    public DocumentSource open() {
        if (kind == Kind.MONGO) {
            // The driver of this load has done so when it opened its own connection; an executor has not.
            new KeyStores(tls).use();
            return MongoSource.connect(place);
        }
        JsonOptions json = new JsonOptions(Optional.ofNullable(collection), numbered, idFields);
        return kind == Kind.JSON
                ? JsonSource.open(path(), json)
                : FileSources.open(path(), Optional.ofNullable(database), json);
    }

    private Path path() {
        if (hadoop == null) {
            return Path.of(place);
        }
        try {
            return HadoopFiles.path(place, hadoop.value());
        } catch (IOException e) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "The source's file system cannot be reached ("
                            + e.getClass().getSimpleName() + "). Check that each executor may read it.",
                    e);
        }
    }

    /** Without the connection string and the key stores, which have passwords. */
    @Override
    public String toString() {
        return "OpenedSource[" + kind + "]";
    }
}
