package io.docrows.source.dump;

import io.docrows.source.internal.BsonBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Builds an archive block by block, after {@code common/archive/spec.md} of mongo-tools. */
final class ArchiveFile {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Map<String, Crc64> checksums = new LinkedHashMap<>();

    ArchiveFile() {
        word(DumpFormat.ARCHIVE_MAGIC);
        write(new BsonDocument("concurrent_collections", new BsonInt32(4))
                .append("version", new BsonString("0.1"))
                .append("server_version", new BsonString("7.0.0"))
                .append("tool_version", new BsonString("100.9.0")));
    }

    ArchiveFile collection(String database, String name) {
        return collection(database, name, "collection", "{\"options\":{},\"indexes\":[]}");
    }

    ArchiveFile collection(String database, String name, String type, String metadata) {
        return write(new BsonDocument("db", new BsonString(database))
                .append("collection", new BsonString(name))
                .append("metadata", new BsonString(metadata))
                .append("size", new BsonInt32(0))
                .append("type", new BsonString(type)));
    }

    ArchiveFile terminator() {
        return word(ArchivePrelude.TERMINATOR);
    }

    ArchiveFile block(String database, String name, List<byte[]> documents) {
        header(database, name, false, 0);
        Crc64 checksum = checksums.computeIfAbsent(database + "." + name, namespace -> new Crc64(0));
        for (byte[] document : documents) {
            out.writeBytes(document);
            checksum.update(document);
        }
        return terminator();
    }

    ArchiveFile end(String database, String name) {
        Crc64 checksum = checksums.getOrDefault(database + "." + name, new Crc64(0));
        return end(database, name, checksum.value());
    }

    ArchiveFile end(String database, String name, long checksum) {
        header(database, name, true, checksum);
        return terminator();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    int size() {
        return out.size();
    }

    /** Two collections in blocks that take turns. */
    static byte[] interleaved(List<byte[]> mixed, List<byte[]> other) {
        int third = mixed.size() / 3;
        return new ArchiveFile()
                .collection("admin", "system.version")
                .collection("shop", "mixed")
                .collection("shop", "view", "view", "{\"options\":{\"viewOn\":\"mixed\"}}")
                .collection("shop", "other")
                .terminator()
                .block("admin", "system.version", other)
                .end("admin", "system.version")
                .block("shop", "mixed", mixed.subList(0, third))
                .block("shop", "other", other.subList(0, 1))
                .block("shop", "mixed", mixed.subList(third, 2 * third))
                .block("shop", "other", other.subList(1, other.size()))
                .end("shop", "other")
                .block("shop", "mixed", mixed.subList(2 * third, mixed.size()))
                .end("shop", "mixed")
                .bytes();
    }

    private void header(String database, String name, boolean last, long checksum) {
        write(new BsonDocument("db", new BsonString(database))
                .append("collection", new BsonString(name))
                .append("EOF", BsonBoolean.valueOf(last))
                .append("CRC", new BsonInt64(checksum)));
    }

    private ArchiveFile write(BsonDocument document) {
        out.writeBytes(BsonBytes.encode(document));
        return this;
    }

    private ArchiveFile word(int word) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(word)
                .array());
        return this;
    }
}
