package io.docrows.gigs.samples;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.BsonDocument;

/** Everything that is generated under {@code samples}. */
final class SampleFiles {

    private SampleFiles() {}

    /** Path below {@code samples} to content; the same every time. */
    static SortedMap<String, byte[]> all() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        List<BsonDocument> users = UserDocuments.all();
        List<BsonDocument> gigs = GigDocuments.all(users);
        put(files, "gigs", new Dump("users", "3f0c9a52b7d14e0c8f21a6d05be7c301", encoded(users)));
        put(files, "gigs", new Dump("gigs", "9b1d2c6e40fa4a7b8c35d7e2f1a09c44", encoded(gigs)));
        put(files, "gigs-dirty", new Dump("users", "c27e6b0f91d84d3fa04b5c88e1f37d02", raw(DirtyUsers.all())));
        put(files, "gigs-dirty", new Dump("gigs", "71aa03d9c6e54f12b8ed90247c5b6f18", raw(DirtyGigs.all())));
        String readme = DirtyReadme.of(Map.of("users", DirtyUsers.all(), "gigs", DirtyGigs.all()));
        files.put("gigs-dirty/README.md", readme.getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private static void put(Map<String, byte[]> files, String directory, Dump dump) {
        dump.files().forEach((name, content) -> files.put(directory + "/" + name, content));
    }

    private static List<byte[]> encoded(List<BsonDocument> documents) {
        return documents.stream().map(Bson::encode).toList();
    }

    private static List<byte[]> raw(List<DirtyDocument> documents) {
        return documents.stream().map(DirtyDocument::bson).toList();
    }
}
