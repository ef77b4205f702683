package io.docrows.spring;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.PipelineSchema;
import io.docrows.mapping.CollectionMapping;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.impl.TableRecordImpl;

/**
 * A pipeline of one table, found by the service loader. Its table is written down by hand, as jOOQ would generate it.
 */
public final class Notes implements PipelineProvider {

    static final String DDL = "CREATE TABLE note (mongo_id text PRIMARY KEY, body text)";

    @Override
    public Pipeline pipeline() {
        return Docrows.pipeline(
                "notes",
                CollectionMapping.of("notes", Table.NOTE)
                        .key(Table.NOTE.id, id("_id"))
                        .map(Table.NOTE.body, string("body"))
                        .build());
    }

    @Override
    public PipelineSchema schema() {
        return PipelineSchema.of("notes", "classpath:db/notes");
    }

    /** One document, numbered. */
    static byte[] document(int number) {
        BsonDocument document =
                new BsonDocument("_id", new BsonInt32(number)).append("body", new BsonString("note " + number));
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        byte[] bytes = new byte[raw.getByteBuffer().remaining()];
        raw.getByteBuffer().get(bytes);
        return bytes;
    }

    /** A dump of documents numbered from 0. */
    static Path dump(Path directory, int documents) throws IOException {
        Path file = directory.resolve("notes.bson");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < documents; i++) {
                out.write(document(i));
            }
        }
        return file;
    }

    /** A row of it. */
    static final class Row extends TableRecordImpl<Row> {

        /** Called by jOOQ. */
        Row() {
            super(Table.NOTE);
        }
    }

    private static final class Table extends TableImpl<Row> {

        private static final Table NOTE = new Table();

        private final TableField<Row, String> id =
                createField(DSL.name("mongo_id"), SQLDataType.CLOB.nullable(false), this, "");
        private final TableField<Row, String> body = createField(DSL.name("body"), SQLDataType.CLOB, this, "");

        private Table() {
            super(DSL.name("note"), DSL.schema(DSL.name("public")));
        }

        @Override
        public Class<Row> getRecordType() {
            return Row.class;
        }

        @Override
        public UniqueKey<Row> getPrimaryKey() {
            return Internal.createUniqueKey(this, DSL.name("note_pkey"), id);
        }

        @Override
        public List<UniqueKey<Row>> getUniqueKeys() {
            return List.of();
        }
    }
}
