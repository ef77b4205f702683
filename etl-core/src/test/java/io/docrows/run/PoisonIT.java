package io.docrows.run;

import static io.docrows.internal.bson.BsonBytes.concat;
import static io.docrows.internal.bson.BsonBytes.int32;
import static io.docrows.internal.bson.BsonBytes.string;
import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.ids;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.Bson.bson;
import static io.docrows.testing.db.Tables.TAG;
import static io.docrows.testing.db.Tables.WIDE;
import static io.docrows.testing.db.Tables.WIDE_TAG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.internal.bson.BsonBytes;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.ListValue;
import io.docrows.mapping.RejectedDocument;
import io.docrows.mapping.Values;
import io.docrows.report.RunReport;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.Differences;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Outcome;
import io.docrows.testing.PlainLoader;
import io.docrows.testing.PlainLoader.Mapped;
import io.docrows.testing.Poison;
import io.docrows.testing.WideColumn;
import io.docrows.testing.db.tables.records.WideRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents that loaders are known to fail on. Each is loaded right or rejected with its code, and then comes back byte
 * for byte; those beside it load; and all are accounted for.
 */
@Tag("long")
final class PoisonIT {

    private static final String NEIGHBOUR = "neighbour";

    @TempDir
    private Path directory;

    private final Database database = Bookshop.database();
    private final List<byte[]> documents = new ArrayList<>();
    private final Map<String, RejectCode> rejected = new LinkedHashMap<>();
    private int neighbours;

    private static CollectionMapping.Builder<WideRecord> mapping(ListValue<String> tags) {
        return CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .reference(WIDE.PARENT_ID, id("parent"), WIDE.MONGO_ID)
                .manyToMany(
                        tags,
                        join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID)
                                .lookup(TAG.NAME)
                                .insertMissing());
    }

    /** A document that nothing is wrong with goes before each that something may be wrong with. */
    private void add(byte[] document) {
        documents.add(
                bson("{_id: '" + NEIGHBOUR + " " + neighbours++ + "', tags: ['new'], parent: '" + NEIGHBOUR + " 0'}"));
        documents.add(document);
    }

    private void add(byte[] document, RejectCode code) {
        add(document);
        rejected.put(DocumentId.ofDocument(document), code);
    }

    private RunReport run(DocumentSource source, CollectionMapping<WideRecord> mapping) {
        return Docrows.pipeline("poison", mapping)
                .source(source)
                .target(database.target())
                .run(RunOptions.defaults());
    }

    /** Loads the documents from a dump, and checks all that does not depend on what they are. */
    private RunReport load(CollectionMapping<WideRecord> mapping) throws IOException {
        Path dump = directory.resolve("things.bson");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(dump))) {
            for (byte[] document : documents) {
                out.write(document);
            }
        }
        try (DumpSource source = DumpSource.open(dump)) {
            return check(run(source, mapping));
        }
    }

    private RunReport check(RunReport report) {
        // That the parts add up to what was read is in the type itself.
        assertThat(report.total().read()).isEqualTo(documents.size());
        assertThat(database.rows("SELECT count(*), count(parent_id), (SELECT count(*) FROM wide_tag j JOIN wide n"
                        + " ON n.id = j.wide_id WHERE n.mongo_id ^@ '" + NEIGHBOUR + "') FROM wide WHERE mongo_id ^@ '"
                        + NEIGHBOUR + "'"))
                .containsExactly(neighbours + "|" + neighbours + "|" + neighbours);
        TreeSet<String> codes = new TreeSet<>();
        rejected.forEach((key, code) -> codes.add(code + " " + key));
        assertThat(Differences.of(database.rows("SELECT code || ' ' || document_key FROM docrows.reject"), codes))
                .isEmpty();
        assertThat(report.total().rejected()).isEqualTo(rejected.size());
        Map<String, byte[]> originals = new HashMap<>();
        documents.forEach(document -> originals.put(DocumentId.ofDocument(document), document));
        List<byte[]> kept = database.bytes("SELECT document FROM docrows.reject");
        assertThat(kept)
                .allSatisfy(document -> assertThat(document).isEqualTo(originals.get(DocumentId.ofDocument(document))));
        return report;
    }

    @Test
    void everyValueInEveryColumn() throws IOException {
        CollectionMapping.Builder<WideRecord> mapping = mapping(strings("tags"));
        List<Mapped> columns = new ArrayList<>();
        List<byte[]> right = new ArrayList<>();
        for (WideColumn<?> column : WideColumn.ALL) {
            column.map(mapping, column.label());
            columns.add(new Mapped(column, List.of(column.label())));
            for (Poison poison : Poison.values()) {
                byte[] document = poison.document(column.label() + ": " + poison, column.label());
                Outcome outcome = poison.in(column);
                if (outcome.code() == RejectCode.TYPE_MISMATCH && !poison.standsForItsType()) {
                    continue;
                }
                if (outcome.code() == null) {
                    add(document);
                    right.add(document);
                } else {
                    add(document, outcome.code());
                }
            }
        }

        load(mapping.build());

        PlainLoader plain = new PlainLoader(database, columns, null);
        documents.removeIf(document -> rejected.containsKey(DocumentId.ofDocument(document)));
        assertThat(plain.load(documents)).isEmpty();
        assertThat(plain.differences()).isEmpty();
        assertThat(right.size()).isGreaterThan(500);
    }

    @Test
    void everyValueAsKeyAndAsReference() throws IOException {
        TreeSet<String> keys = new TreeSet<>();
        TreeSet<String> parents = new TreeSet<>();
        for (Poison poison : Poison.values()) {
            byte[] owner = new BsonBytes()
                    .element(poison.type(), "_id", poison.bytes())
                    .element(0x02, "text", string(poison.name().getBytes(UTF_8)))
                    .document();
            byte[] child = poison.document("child of " + poison, "parent");
            // An identity keeps what jsonb cannot: U+0000, and a name that occurs twice.
            if (poison.fault() != null && poison.fault() != RejectCode.DUPLICATE_FIELD) {
                add(owner, poison.fault());
                add(child, poison.fault());
            } else {
                add(owner);
                add(child);
                keys.add(DocumentId.ofDocument(owner));
                if (poison.type() != 0x0A && poison.type() != 0x06) {
                    parents.add("child of " + poison + " => " + DocumentId.ofDocument(owner));
                }
            }
        }

        RunReport report =
                load(mapping(strings("tags")).map(WIDE.A_TEXT, string("text")).build());

        List<String> found = database.rows("SELECT mongo_id FROM wide WHERE mongo_id !~ '^(neighbour|child of) '");
        assertThat(Differences.of(found, keys)).isEmpty();
        assertThat(Differences.of(
                        database.rows("SELECT c.mongo_id || ' => ' || p.mongo_id FROM wide c JOIN wide p"
                                + " ON p.id = c.parent_id WHERE c.mongo_id ^@ 'child of '"),
                        parents))
                .isEmpty();
        assertThat(report.pendingReferences()).isZero();
    }

    @Test
    void everyValueAsAnElementThatIsAText() throws IOException {
        elements(strings("tags"), false);
    }

    @Test
    void everyValueAsAnElementThatIsAnId() throws IOException {
        elements(ids("tags"), true);
    }

    private void elements(ListValue<String> tags, boolean anyType) throws IOException {
        TreeSet<String> expected = new TreeSet<>();
        for (Poison poison : Poison.values()) {
            byte[] document = new BsonBytes()
                    .element(0x02, "_id", string(("of " + poison).getBytes(UTF_8)))
                    .element(0x04, "tags", poison.array())
                    .document();
            boolean missing = poison.type() == 0x0A || poison.type() == 0x06;
            boolean text = poison.type() == 0x02 || poison.type() == 0x0E;
            if (missing) {
                add(document);
                expected.add("of " + poison + "|new");
            } else if (!text && !anyType) {
                add(document, RejectCode.TYPE_MISMATCH);
            } else if (poison.fault() != null && poison.fault() != RejectCode.DUPLICATE_FIELD) {
                add(document, poison.fault());
            } else if (!anyType && poison.readAs().toString().indexOf('\0') >= 0) {
                add(document, RejectCode.NUL_CHARACTER);
            } else {
                add(document);
                String key = DocumentId.ofDocument(new BsonBytes()
                        .element(poison.type(), "_id", poison.bytes())
                        .document());
                String plain = poison.readAs().isString()
                        ? poison.readAs().asString().getValue()
                        : poison.readAs().isSymbol()
                                ? poison.readAs().asSymbol().getSymbol()
                                : "";
                expected.add("of " + poison + "|new" + (anyType ? key : plain));
            }
        }

        load(mapping(tags).build());

        List<String> found = database.rows("SELECT w.mongo_id, string_agg(t.name, '' ORDER BY t.name <> 'new')"
                + " FROM wide w JOIN wide_tag j ON j.wide_id = w.id JOIN tag t ON t.id = j.tag_id"
                + " WHERE NOT w.mongo_id ^@ '" + NEIGHBOUR + "' GROUP BY w.mongo_id");
        assertThat(Differences.of(found, expected)).isEmpty();
    }

    @Test
    void everyFieldNameThatThereCanBe() throws IOException {
        CollectionMapping<WideRecord> mapping = mapping(strings("tags"))
                .map(WIDE.A_TEXT, string(""))
                .map(WIDE.A_CITEXT, string("a.b"))
                .map(WIDE.A_DEFAULT, string("$set", "$date"))
                .map(WIDE.A_JSONB, Values.json("x", ""))
                .build();
        add(Bson.bytes(new BsonDocument("_id", new BsonString("1"))
                .append("", new BsonString("empty"))
                .append("a.b", new BsonString("dotted"))
                .append("a", new BsonDocument("b", new BsonString("not meant")))
                .append("$set", new BsonDocument("$date", new BsonString("dollar")))));
        add(bson("{_id: 2, x: {'': {'': 1}}, '': {}}"), RejectCode.TYPE_MISMATCH);
        add(bson("{_id: 7, x: {'': {'': 1}}}"));
        add(bson("{_id: 3, 'A.B': 'another case', 'a.b ': 'blank behind', ID: 3, _Id: 4}"));
        byte[] text = string("x".getBytes(UTF_8));
        add(named(4, "a.b", text, "a.b", text), RejectCode.DUPLICATE_FIELD);
        add(named(5, "unmapped", text, "unmapped", text));
        add(named(6, "_id", text, "a.b", text), RejectCode.DUPLICATE_FIELD);

        load(mapping);

        assertThat(database.rows("SELECT mongo_id, a_text, a_citext, a_default, a_jsonb FROM wide"
                        + " WHERE NOT mongo_id ^@ '" + NEIGHBOUR + "' ORDER BY 1"))
                .containsExactly("\"1\"|empty|dotted|dollar|-", "3|-|-|none|-", "5|-|-|none|-", "7|-|-|none|{\"\": 1}");
    }

    private static byte[] named(int id, String first, byte[] firstText, String second, byte[] secondText) {
        return new BsonBytes()
                .element(0x10, "_id", int32(id))
                .element(0x02, first, firstText)
                .element(0x02, second, secondText)
                .document();
    }

    @Test
    void documentsThatAreNoBson() throws IOException {
        CollectionMapping<WideRecord> mapping = mapping(strings("tags"))
                .map(WIDE.A_TEXT, string("text"))
                .map(WIDE.AN_INTEGER, Values.int32("sub", "n"))
                .build();
        // Each prefix of a document, and the document without each byte, with a length that fits and a terminator.
        int size = numbered(0).length;
        for (int cut = 5; cut < size - 1; cut++) {
            byte[] whole = numbered(2 * cut);
            damaged(reframed(concat(Arrays.copyOf(whole, cut), new byte[1])), mapping);
            whole = numbered(2 * cut + 1);
            damaged(reframed(concat(Arrays.copyOf(whole, cut), Arrays.copyOfRange(whole, cut + 1, size))), mapping);
        }
        for (int type : new int[] {0x00, 0x14, 0x22, 0x7E, 0x80, 0xFE}) {
            add(new BsonBytes().element(type, "text", new byte[8]).document(), RejectCode.INVALID_DOCUMENT);
        }
        for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 1 << 20, Integer.MAX_VALUE}) {
            for (int type : new int[] {0x02, 0x03, 0x04, 0x05, 0x0D, 0x0F}) {
                byte[] value = concat(int32(length), new byte[] {(byte) type, 0});
                byte[] document = new BsonBytes()
                        .element(0x02, "_id", string(("length " + length + " " + type).getBytes(UTF_8)))
                        .element(type, "more", value)
                        .document();
                damaged(document, mapping);
            }
        }
        add(new BsonBytes().document(), RejectCode.MISSING_VALUE);

        load(mapping);

        assertThat(rejected.values().stream().filter(RejectCode.INVALID_DOCUMENT::equals))
                .hasSizeGreaterThan(100);
    }

    private static byte[] numbered(int number) {
        return bson("{_id: '%03d', text: 'text', sub: {n: {$numberInt: '7'}}, more: [1, 2]}".formatted(number));
    }

    /**
     * Adds a document that may still be well-formed, by luck; then it is another one, and has to become what it says.
     */
    private void damaged(byte[] document, CollectionMapping<WideRecord> mapping) {
        if (rejected.containsKey(DocumentId.ofDocument(document))) {
            return;
        }
        if (mapping.decode(document) instanceof RejectedDocument<WideRecord> reject) {
            add(document, reject.code());
        }
    }

    private static byte[] reframed(byte[] document) {
        byte[] framed = document.clone();
        System.arraycopy(int32(document.length), 0, framed, 0, 4);
        return framed;
    }

    @Test
    void documentsWhoseOwnLengthIsWrong() {
        byte[] whole = bson("{_id: 'whole', text: 'text'}");
        List<byte[]> wrong = new ArrayList<>(List.of(
                new byte[0],
                new byte[] {5},
                new byte[] {5, 0, 0, 0},
                new byte[] {6, 0, 0, 0, 0},
                Arrays.copyOf(whole, whole.length - 1),
                Arrays.copyOf(whole, whole.length + 1),
                concat(whole, whole)));
        for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 4, whole.length - 1, Integer.MAX_VALUE}) {
            byte[] other = whole.clone();
            System.arraycopy(int32(length), 0, other, 0, 4);
            wrong.add(other);
        }
        wrong.forEach(document -> add(document, RejectCode.INVALID_DOCUMENT));

        check(run(
                new MemorySource().withRaw("things", documents),
                mapping(strings("tags")).map(WIDE.A_TEXT, string("text")).build()));

        assertThat(rejected).hasSize(wrong.size());
    }

    @Test
    void documentsAsLargeAsMongoAllows() throws IOException {
        CollectionMapping<WideRecord> mapping = mapping(strings("tags"))
                .map(WIDE.A_TEXT, string("text"))
                .map(WIDE.A_BYTEA, Values.binary("bytes"))
                .build();
        byte[] random = new byte[16 << 20];
        new Random(1).nextBytes(random);
        String text = "grün".repeat((16 << 20) / 5 - 20);
        add(large("text", 0x02, string(text.getBytes(UTF_8))));
        add(large(
                "bytes",
                0x05,
                concat(int32(random.length - 100), new byte[1], Arrays.copyOf(random, random.length - 100))));
        add(large("unmapped", 0x02, string(text.getBytes(UTF_8))));
        byte[] withNul = text.getBytes(UTF_8);
        withNul[withNul.length - 1] = 0;
        byte[] rejects = new BsonBytes()
                .element(0x02, "_id", string("NUL".getBytes(UTF_8)))
                .element(0x02, "text", string(withNul))
                .document();
        add(rejects, RejectCode.NUL_CHARACTER);

        load(mapping);

        assertThat(database.rows("SELECT mongo_id, length(a_text), md5(a_text) = md5(repeat('grün', "
                        + text.length() / 4 + ")), length(a_bytea) FROM wide"
                        + " WHERE NOT mongo_id ^@ '" + NEIGHBOUR + "' ORDER BY 1"))
                .containsExactly(
                        "bytes|-|-|" + (random.length - 100), "text|" + text.length() + "|t|-", "unmapped|-|-|-");
    }

    private static byte[] large(String field, int type, byte[] value) {
        return new BsonBytes()
                .element(0x02, "_id", string(field.getBytes(UTF_8)))
                .element(type, field, value)
                .document();
    }

    @Test
    void documentsNestedAsDeepAsMongoAllowsAndDeeper() throws IOException {
        CollectionMapping<WideRecord> mapping =
                mapping(strings("tags")).map(WIDE.A_JSONB, Values.json("json")).build();
        for (int levels : new int[] {99, 100, 150}) {
            for (boolean arrays : new boolean[] {true, false}) {
                add(Bson.bytes(new BsonDocument("_id", new BsonString(levels + " " + arrays))
                        .append("json", Poison.nested(levels, arrays))));
            }
        }
        for (int levels : new int[] {250, 5_000}) {
            add(nested(levels, "json"), RejectCode.INVALID_DOCUMENT);
            add(nested(levels, "unmapped"));
        }

        load(mapping);

        assertThat(database.rows("SELECT a_jsonb #>> array_fill('0'::text, ARRAY[100]) FROM wide"
                        + " WHERE mongo_id = '100 true'"))
                .containsExactly("deep");
    }

    /** Built from the inside, as the driver would not. */
    private static byte[] nested(int levels, String field) {
        byte[] value = new BsonBytes().document();
        for (int i = 0; i < levels; i++) {
            value = new BsonBytes().element(0x03, "a", value).document();
        }
        return new BsonBytes()
                .element(0x02, "_id", string((field + levels).getBytes(UTF_8)))
                .element(0x03, field, value)
                .document();
    }

    @Test
    void anIdThatIsTooLongForAnIndexCostsItsDocumentOnly() throws IOException {
        String longest = new Random(2)
                .ints(8_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        CollectionMapping<WideRecord> mapping =
                mapping(strings("tags")).map(WIDE.AN_INTEGER, Values.int32("n")).build();
        add(Bson.bytes(new BsonDocument("_id", new BsonString(longest))), RejectCode.REFUSED_BY_TARGET);
        add(
                Bson.bytes(new BsonDocument("_id", new BsonString("n" + longest)).append("n", new BsonString("x"))),
                RejectCode.TYPE_MISMATCH);
        add(
                Bson.bytes(new BsonDocument("_id", new BsonString("parent"))
                        .append("parent", new BsonString("p" + longest))),
                RejectCode.REFUSED_BY_TARGET);
        add(
                Bson.bytes(new BsonDocument("_id", new BsonString("tag"))
                        .append("tags", new org.bson.BsonArray(List.of(new BsonString("t" + longest))))),
                RejectCode.REFUSED_BY_TARGET);

        load(mapping);
        assertThat(load(mapping).total().unchanged()).isEqualTo(neighbours);
    }
}
