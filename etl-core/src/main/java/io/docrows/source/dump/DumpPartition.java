package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.Partition;
import io.docrows.source.internal.BsonBytes;
import io.docrows.source.internal.SourceFile;
import io.docrows.text.ForeignText;
import java.util.List;
import org.bson.BSONException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What the specification of a dump's partition says. Immutable.
 *
 * @param file the file's name within its directory
 * @param version the file's version when the partition was made
 * @param start where the partition's first document begins; 0 for compressed files and archives
 * @param end where its last document ends; -1 for the end of the content
 * @param ids the wanted {@code _id}s; empty for all
 */
record DumpPartition(String file, SourceFile.Version version, long start, long end, List<BsonValue> ids) {

    DumpPartition {
        ids = List.copyOf(ids);
    }

    byte[] encode() {
        BsonDocument spec = new BsonDocument("dump", new BsonString(file))
                .append("size", new BsonInt64(version.size()))
                .append("modified", new BsonInt64(version.modified()))
                .append("start", new BsonInt64(start))
                .append("end", new BsonInt64(end));
        if (!ids.isEmpty()) {
            spec.append("ids", new BsonArray(ids));
        }
        return BsonBytes.encode(spec);
    }

    static DumpPartition decode(Partition partition) {
        try {
            BsonDocument spec = BsonBytes.decode(partition.spec());
            SourceFile.Version version = new SourceFile.Version(
                    spec.getInt64("size").getValue(), spec.getInt64("modified").getValue());
            return new DumpPartition(
                    spec.getString("dump").getValue(),
                    version,
                    spec.getInt64("start").getValue(),
                    spec.getInt64("end").getValue(),
                    spec.getArray("ids", new BsonArray()).getValues());
        } catch (BSONException foreign) {
            throw foreign(partition.collection());
        }
    }

    /** The partition or position is that of another kind of source. */
    static DocrowsException foreign(String collection) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The stored position of the collection \"" + ForeignText.name(collection)
                        + "\" comes from another kind of source than this dump. Use the source of the interrupted run"
                        + " again, or start over with --force.");
    }
}
