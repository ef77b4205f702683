package io.docrows.gigs.samples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files that {@code mongodump} (database tools 100.x) writes for one collection. */
record Dump(String collection, String uuid, List<byte[]> documents) {

    Dump {
        documents = List.copyOf(documents);
    }

    /** Name to content. The collection has no index but that of {@code _id}. */
    Map<String, byte[]> files() {
        ByteArrayOutputStream bson = new ByteArrayOutputStream();
        documents.forEach(bson::writeBytes);
        String metadata = "{\"indexes\":[{\"v\":{\"$numberInt\":\"2\"},\"key\":{\"_id\":{\"$numberInt\":\"1\"}},"
                + "\"name\":\"_id_\"}],\"uuid\":\"" + uuid + "\",\"collectionName\":\"" + collection
                + "\",\"type\":\"collection\"}";
        Map<String, byte[]> files = new TreeMap<>();
        files.put(collection + ".bson", bson.toByteArray());
        files.put(collection + ".metadata.json", metadata.getBytes(StandardCharsets.UTF_8));
        return files;
    }
}
