package io.docrows.benchmarks.data;

import io.docrows.source.dump.DumpWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One dump being written, and the rows that must come of it. Not thread-safe. */
final class DumpPart implements AutoCloseable {

    private final Path directory;
    private final Map<String, DumpWriter> collections = new LinkedHashMap<>();
    private final Map<String, Checksum> tables = new HashMap<>();

    DumpPart(Path directory, List<String> collections) throws IOException {
        this.directory = Files.createDirectories(directory);
        for (String collection : collections) {
            this.collections.put(collection, DumpWriter.create(directory.resolve(collection + ".bson")));
        }
    }

    void document(String collection, byte[] document) throws IOException {
        DumpWriter writer = collections.get(collection);
        if (writer == null) {
            throw new IllegalArgumentException("there is no collection " + collection);
        }
        writer.write(document);
    }

    void row(String table, String line) {
        tables.computeIfAbsent(table, any -> new Checksum()).add(line);
    }

    DataSet dataSet(long documents) {
        Map<String, Content.Rows> rows = new HashMap<>();
        tables.forEach((table, checksum) -> rows.put(table, checksum.total()));
        return new DataSet(directory, documents, new Content(rows));
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (DumpWriter writer : collections.values()) {
            try {
                writer.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
