package io.docrows.testing;

import static java.util.stream.Collectors.joining;

import io.docrows.error.RejectCode;
import io.docrows.mapping.DocumentId;
import io.docrows.testing.Bookshop.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The plain way to load documents: each decoded whole by the driver, each written by one statement through JDBC, in the
 * order in which they come. It fills a twin of the table {@code wide}, to which what the library made is then compared.
 *
 * <p>Documents have the fields {@code _id}, {@code parent} (the {@code _id} of another) and {@code tags} beside those
 * that are mapped to columns.
 */
public final class PlainLoader {

    private final PGSimpleDataSource target;
    private final Database database;
    private final List<Mapped> columns;
    /** The tags that there are; null if every tag is welcome. */
    private final @Nullable Set<String> tags;

    /**
     * A column and where its value is.
     *
     * @param column the column
     * @param path one name or two
     */
    public record Mapped(WideColumn<?> column, List<String> path) {

        String name() {
            return column.column().getName();
        }
    }

    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1;
        private final RejectCode code;

        private Refused(RejectCode code) {
            this.code = code;
        }
    }

    /** The row that a document is to become. */
    private static final class Row {
        private final Map<String, String> texts = new LinkedHashMap<>();
        private final Set<String> tags = new LinkedHashSet<>();
        private @Nullable String key;
        private @Nullable String parent;
    }

    /** Makes an empty twin of the table, in a schema of its own, if there is none. */
    public PlainLoader(Database database, List<Mapped> columns, @Nullable Set<String> tags) {
        this.database = database;
        this.columns = List.copyOf(columns);
        this.tags = tags;
        target = database.another();
        // Texts are sent without a type, so that PostgreSQL reads them as it reads literals.
        target.setStringType("unspecified");
        database.execute(
                "CREATE SCHEMA IF NOT EXISTS twin;"
                        + " CREATE TABLE IF NOT EXISTS twin.wide (LIKE public.wide INCLUDING ALL, parent_key text, tags text[])");
    }

    /** Loads documents; returns why some were refused, by key. */
    public Map<String, RejectCode> load(List<byte[]> documents) {
        Map<String, RejectCode> refused = new LinkedHashMap<>();
        try (Connection connection = target.getConnection()) {
            for (byte[] document : documents) {
                BsonDocument whole = new RawBsonDocument(document).decode(new BsonDocumentCodec());
                try {
                    Row row = row(whole);
                    write(connection, row);
                } catch (Refused e) {
                    BsonValue id = whole.get("_id");
                    refused.put(id == null ? DocumentId.ofDocument(document) : DocumentId.text(id), e.code);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return refused;
    }

    private Row row(BsonDocument document) throws Refused {
        Row row = new Row();
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            String name = field.getKey();
            BsonValue value = field.getValue();
            if (name.equals("_id")) {
                row.key = value.getBsonType() == org.bson.BsonType.UNDEFINED ? null : DocumentId.text(value);
            } else if (!isNull(value)) {
                read(row, name, value);
            }
        }
        if (row.key == null) {
            throw new Refused(RejectCode.MISSING_VALUE);
        }
        if (tags != null && !tags.containsAll(row.tags)) {
            throw new Refused(RejectCode.MISSING_REFERENCE);
        }
        return row;
    }

    private void read(Row row, String name, BsonValue value) throws Refused {
        if (name.equals("parent")) {
            row.parent = DocumentId.text(value);
        } else if (name.equals("tags")) {
            tags(row, value);
        }
        for (Mapped mapped : columns) {
            if (mapped.path().equals(List.of(name))) {
                column(row, mapped, value);
            }
        }
        List<Mapped> below = columns.stream()
                .filter(mapped ->
                        mapped.path().size() > 1 && mapped.path().get(0).equals(name))
                .toList();
        if (below.isEmpty()) {
            return;
        }
        if (!value.isDocument()) {
            if (below.stream().allMatch(mapped -> mapped.column().isNullForOtherTypes())) {
                return;
            }
            throw new Refused(RejectCode.TYPE_MISMATCH);
        }
        for (Map.Entry<String, BsonValue> nested : value.asDocument().entrySet()) {
            for (Mapped mapped : columns) {
                if (mapped.path().equals(List.of(name, nested.getKey())) && !isNull(nested.getValue())) {
                    column(row, mapped, nested.getValue());
                }
            }
        }
    }

    private static void column(Row row, Mapped mapped, BsonValue value) throws Refused {
        Outcome outcome = mapped.column().expected().apply(value);
        if (outcome.code() != null) {
            throw new Refused(outcome.code());
        }
        if (outcome.text() != null) {
            row.texts.put(mapped.name(), outcome.text());
        }
    }

    private static void tags(Row row, BsonValue value) throws Refused {
        if (!value.isArray()) {
            throw new Refused(RejectCode.TYPE_MISMATCH);
        }
        // All elements are read before the column judges any.
        for (UnaryOperator<Outcome> judged :
                List.<UnaryOperator<Outcome>>of(read -> read, read -> read.then(text -> PlainReading.fits(text, 0)))) {
            row.tags.clear();
            for (BsonValue element : value.asArray()) {
                if (!isNull(element)) {
                    Outcome outcome = judged.apply(PlainReading.text(element));
                    if (outcome.code() != null) {
                        throw new Refused(outcome.code());
                    }
                    row.tags.add(String.valueOf(outcome.text()));
                }
            }
        }
    }

    private static boolean isNull(BsonValue value) {
        return value.isNull() || value.getBsonType() == org.bson.BsonType.UNDEFINED;
    }

    private void write(Connection connection, Row row) throws SQLException, Refused {
        List<String> names = new ArrayList<>(List.of("mongo_id", "parent_key", "tags"));
        List<String> places = new ArrayList<>(List.of("?", "?", "?"));
        List<@Nullable String> texts = new ArrayList<>();
        for (Mapped mapped : columns) {
            String text = row.texts.get(mapped.name());
            // A column that has a default keeps it, or what it has.
            if (text != null || mapped.column().column().getDataType().nullable()) {
                names.add(mapped.name());
                places.add(
                        switch (mapped.name()) {
                            case "a_json" -> "(?::jsonb -> 'v')::json";
                            case "a_jsonb" -> "?::jsonb -> 'v'";
                            default -> "?";
                        });
                texts.add(text);
            }
        }
        String sql = "INSERT INTO twin.wide (" + String.join(", ", names) + ") VALUES (" + String.join(", ", places)
                + ") ON CONFLICT (mongo_id) DO UPDATE SET "
                + names.stream().map(name -> name + " = excluded." + name).collect(joining(", "));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, row.key);
            statement.setString(2, row.parent);
            statement.setArray(3, connection.createArrayOf("text", row.tags.toArray()));
            for (int i = 0; i < texts.size(); i++) {
                statement.setString(4 + i, texts.get(i));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new Refused(
                    switch (String.valueOf(e.getSQLState())) {
                        case "23505" -> RejectCode.DUPLICATE_VALUE;
                        case "23514" -> RejectCode.CONSTRAINT_VIOLATION;
                        default -> throw e;
                    });
        }
    }

    /** The keys of rows in which the table differs from its twin, each with the columns that do. */
    public List<String> differences() {
        List<String> same = new ArrayList<>();
        for (Mapped mapped : columns) {
            String name = mapped.name();
            // JSON is equal when its content is; everything else when it reads the same.
            String cast = name.equals("a_json") || name.equals("a_jsonb") ? "::jsonb" : "::text";
            same.add("CASE WHEN a.%1$s%2$s IS DISTINCT FROM b.%1$s%2$s THEN '%1$s' END".formatted(name, cast));
        }
        same.add("CASE WHEN (SELECT p.mongo_id FROM public.wide p WHERE p.id = a.parent_id) IS DISTINCT FROM"
                + " (SELECT p.mongo_id FROM twin.wide p WHERE p.mongo_id = b.parent_key) THEN 'parent_id' END");
        same.add("CASE WHEN ARRAY(SELECT t.name FROM public.wide_tag j JOIN public.tag t ON t.id = j.tag_id"
                + " WHERE j.wide_id = a.id ORDER BY 1) IS DISTINCT FROM"
                + " ARRAY(SELECT unnest(b.tags) ORDER BY 1) THEN 'tags' END");
        same.add("CASE WHEN a.mongo_id IS NULL THEN 'lost' WHEN b.mongo_id IS NULL THEN 'too many' END");
        return database.rows("SELECT * FROM (SELECT mongo_id, concat_ws(' ', "
                + Stream.of(same).flatMap(List::stream).collect(joining(", "))
                + ") AS columns FROM public.wide a FULL JOIN twin.wide b USING (mongo_id)) c WHERE columns <> ''"
                + " ORDER BY 1");
    }

    /** The table's rows as texts, for a message. */
    public List<String> show(String key, String column) {
        return database.rows("SELECT a." + column + ", b." + column
                + " FROM public.wide a FULL JOIN twin.wide b USING (mongo_id) WHERE mongo_id = '" + key + "'");
    }
}
