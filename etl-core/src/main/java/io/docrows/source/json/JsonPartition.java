package io.docrows.source.json;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.Partition;
import io.docrows.source.internal.BsonBytes;
import io.docrows.source.internal.SourceFile;
import io.docrows.text.ForeignText;
import java.util.List;
import org.bson.BSONException;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What the specification of a partition says. Immutable.
 *
 * @param file the file's name within its directory
 * @param version the file's version when the partition was made
 * @param shape how the file lays out its documents
 * @param start where the partition begins, counted in the uncompressed content
 * @param end where it ends, or {@link #TO_THE_END}
 * @param line the line in which it begins, if its documents get numbers; 0 if they get none
 * @param idFields the fields of which an {@code _id} is made
 * @param ids the wanted {@code _id}s; empty for all
 * @param fields the top-level fields that are needed beside the {@code _id}; empty for all
 */
record JsonPartition(
        String file,
        SourceFile.Version version,
        JsonShape shape,
        long start,
        long end,
        long line,
        List<String> idFields,
        List<BsonValue> ids,
        List<String> fields) {

    /** An end that need not be known. */
    static final long TO_THE_END = -1;

    JsonPartition {
        idFields = List.copyOf(idFields);
        ids = List.copyOf(ids);
        fields = List.copyOf(fields);
    }

    /** A part of this one. */
    JsonPartition part(long from, long to, long firstLine) {
        return new JsonPartition(file, version, shape, from, to, firstLine, idFields, ids, fields);
    }

    byte[] encode() {
        BsonDocument spec = new BsonDocument("json", new BsonString(file))
                .append("size", new BsonInt64(version.size()))
                .append("modified", new BsonInt64(version.modified()))
                .append("compressed", BsonBoolean.valueOf(shape.compressed()))
                .append("array", BsonBoolean.valueOf(shape.array()))
                .append("first", new BsonInt64(shape.start()))
                .append("firstLine", new BsonInt64(shape.line()))
                .append("start", new BsonInt64(start))
                .append("end", new BsonInt64(end))
                .append("line", new BsonInt64(line))
                .append(
                        "idFields",
                        new BsonArray(idFields.stream().map(BsonString::new).toList()));
        if (!ids.isEmpty()) {
            spec.append("ids", new BsonArray(ids));
        }
        if (!fields.isEmpty()) {
            spec.append(
                    "fields", new BsonArray(fields.stream().map(BsonString::new).toList()));
        }
        return BsonBytes.encode(spec);
    }

    static JsonPartition decode(Partition partition) {
        try {
            BsonDocument spec = BsonBytes.decode(partition.spec());
            return new JsonPartition(
                    spec.getString("json").getValue(),
                    new SourceFile.Version(
                            spec.getInt64("size").getValue(),
                            spec.getInt64("modified").getValue()),
                    new JsonShape(
                            spec.getBoolean("compressed").getValue(),
                            spec.getBoolean("array").getValue(),
                            spec.getInt64("first").getValue(),
                            spec.getInt64("firstLine").getValue()),
                    spec.getInt64("start").getValue(),
                    spec.getInt64("end").getValue(),
                    spec.getInt64("line").getValue(),
                    spec.getArray("idFields").stream()
                            .map(name -> name.asString().getValue())
                            .toList(),
                    spec.getArray("ids", new BsonArray()).getValues(),
                    spec.getArray("fields", new BsonArray()).stream()
                            .map(field -> field.asString().getValue())
                            .toList());
        } catch (BSONException foreign) {
            throw foreign(partition.collection());
        }
    }

    /** The partition or position is that of another kind of source. */
    static DocrowsException foreign(String collection) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The stored position of the collection \"" + ForeignText.name(collection)
                        + "\" comes from another kind of source than this JSON. Use the source of the interrupted run"
                        + " again, with the same options, or start over with --force.");
    }
}
