package io.docrows.internal.incremental;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.bool;
import static io.docrows.mapping.Values.date;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.enumeration;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.ids;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.json;
import static io.docrows.mapping.Values.legacyUuid;
import static io.docrows.mapping.Values.localDateTime;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.mapping.Values.uuid;
import static io.docrows.testing.db.Tables.EVERY_TYPE;
import static io.docrows.testing.db.Tables.TAG;
import static io.docrows.testing.db.Tables.WIDE;
import static io.docrows.testing.db.Tables.WIDE_TAG;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.mapping.BooleanValue;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Conversion;
import io.docrows.mapping.DecimalValue;
import io.docrows.mapping.IdValue;
import io.docrows.mapping.ListValue;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.NumberValue;
import io.docrows.mapping.TextValue;
import io.docrows.mapping.TimestampValue;
import io.docrows.mapping.Value;
import io.docrows.testing.db.enums.Genre;
import io.docrows.testing.db.tables.records.EveryTypeRecord;
import io.docrows.testing.db.tables.records.WideRecord;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.Test;

final class MappingDigestTest {

    private static CollectionMapping.Builder<WideRecord> things() {
        return CollectionMapping.of("things", WIDE).key(WIDE.MONGO_ID, id("_id"));
    }

    private static CollectionMapping<WideRecord> things(UnaryOperator<CollectionMapping.Builder<WideRecord>> more) {
        return more.apply(things()).build();
    }

    private static void assertAllDiffer(List<? extends CollectionMapping<?>> mappings) {
        Set<String> digests = new HashSet<>();
        for (CollectionMapping<?> mapping : mappings) {
            assertThat(digests.add(MappingDigest.of(mapping)))
                    .as("a digest of its own for " + String.join("\n", CompiledMapping.description(mapping)))
                    .isTrue();
        }
    }

    @Test
    void everyChangeOfACallOfTheBuilderChangesTheDigest() {
        assertAllDiffer(List.of(
                things(b -> b),
                CollectionMapping.of("magazines", WIDE)
                        .key(WIDE.MONGO_ID, id("_id"))
                        .build(),
                CollectionMapping.of("things", WIDE)
                        .key(WIDE.MONGO_ID, id("key"))
                        .build(),
                CollectionMapping.of("things", WIDE)
                        .key(WIDE.MONGO_ID, string("_id"))
                        .build(),
                things(b -> b.map(WIDE.A_TEXT, string("title"))),
                things(b -> b.map(WIDE.A_TEXT, string("title", "main"))),
                things(b -> b.map(WIDE.A_TEXT, string("title.main"))),
                things(b -> b.map(WIDE.A_TEXT, string("title, main"))),
                things(b -> b.map(WIDE.A_TEXT, string("title\"\", \"main"))),
                things(b -> b.map(WIDE.A_VARCHAR, string("title"))),
                things(b -> b.reference(WIDE.PARENT_ID, id("author"), WIDE.MONGO_ID)),
                things(b -> b.reference(WIDE.PARENT_ID, id("writer"), WIDE.MONGO_ID)),
                things(b -> b.reference(WIDE.PARENT_ID, string("author"), WIDE.MONGO_ID)),
                things(b -> b.reference(WIDE.PARENT_ID, id("author").required(), WIDE.MONGO_ID)),
                things(b -> b.reference(WIDE.PARENT_ID, id("author"), WIDE.MONGO_ID, MissingReference.REJECT)),
                things(b -> b.reference(WIDE.PARENT_ID, id("author"), WIDE.MONGO_ID, MissingReference.NULL)),
                things(b -> tagged(b, strings("tags"), false)),
                things(b -> tagged(b, strings("labels"), false)),
                things(b -> tagged(b, ids("tags"), false)),
                things(b -> tagged(b, strings("tags"), true)),
                things(b -> tagged(b, strings("tags").mismatchAsEmpty(), true)),
                things(b -> tagged(b, strings("tags").convert(String::trim), true)),
                things(b -> b.watermark("updated")),
                things(b -> b.watermark("changed")),
                things(b -> b.watermark("meta", "changed")),
                things(b -> b.ignore("updated")),
                things(b -> b.ignore("changed")),
                things(CollectionMapping.Builder::strict)));
    }

    private static CollectionMapping.Builder<WideRecord> tagged(
            CollectionMapping.Builder<WideRecord> things, ListValue<String> tags, boolean inserting) {
        var join = join(WIDE_TAG, WIDE_TAG.WIDE_ID, WIDE_TAG.TAG_ID).lookup(TAG.NAME);
        return things.manyToMany(tags, inserting ? join.insertMissing() : join);
    }

    @Test
    void aMissingColumnOrADeletedAtColumnChangesTheDigest() {
        CollectionMapping.Builder<EveryTypeRecord> plain =
                CollectionMapping.of("things", EVERY_TYPE).key(EVERY_TYPE.MONGO_ID, id("_id"));
        CollectionMapping<EveryTypeRecord> none = plain.build();
        CollectionMapping<EveryTypeRecord> marked =
                plain.deletedAt(EVERY_TYPE.AN_INSTANT).build();
        assertAllDiffer(List.of(
                none,
                marked,
                CollectionMapping.of("things", EVERY_TYPE)
                        .key(EVERY_TYPE.MONGO_ID, id("_id"))
                        .map(EVERY_TYPE.AN_INSTANT, instant("deletedAt"))
                        .build(),
                none.withWatermark("updated")));
    }

    @Test
    void everyKindOfValueAndEachOfItsPoliciesChangesTheDigest() throws ReflectiveOperationException {
        List<Value<?>> kinds = List.of(
                id("f"),
                string("f"),
                bool("f"),
                int32("f"),
                io.docrows.mapping.Values.int16("f"),
                io.docrows.mapping.Values.int64("f"),
                io.docrows.mapping.Values.float32("f"),
                io.docrows.mapping.Values.float64("f"),
                io.docrows.mapping.Values.binary("f"),
                decimal("f"),
                json("f"),
                uuid("f"),
                legacyUuid(UuidRepresentation.JAVA_LEGACY, "f"),
                legacyUuid(UuidRepresentation.C_SHARP_LEGACY, "f"),
                instant("f"),
                localDateTime(ZoneOffset.UTC, "f"),
                localDateTime(ZoneId.of("Europe/Paris"), "f"),
                date("f"),
                date(ZoneId.of("Europe/Paris"), "f"),
                io.docrows.mapping.Values.time(ZoneOffset.UTC, "f"),
                io.docrows.mapping.Values.time(ZoneId.of("Europe/Paris"), "f"),
                io.docrows.mapping.Values.size("f"),
                io.docrows.mapping.Values.constant("f"),
                io.docrows.mapping.Values.constant("g"),
                io.docrows.mapping.Values.constant(1),
                io.docrows.mapping.Values.constant(1L),
                io.docrows.mapping.Values.constant(new byte[] {1}),
                io.docrows.mapping.Values.firstOf(string("f"), string("g")),
                io.docrows.mapping.Values.firstOf(string("g"), string("f")),
                io.docrows.mapping.Values.firstOf(string("f"), string("g").stripNul()),
                io.docrows.mapping.Values.combine(string("f"), string("g"), (f, g) -> f),
                io.docrows.mapping.Values.document(),
                io.docrows.mapping.Values.rest(),
                enumeration("f", Genre.class));
        Set<String> seen = new HashSet<>();
        for (Value<?> kind : kinds) {
            assertThat(seen.add(description(kind))).as(description(kind)).isTrue();
            for (Value<?> changed : changed(kind)) {
                assertThat(seen.add(description(changed)))
                        .as(description(changed))
                        .isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(80);
    }

    /** What every method without arguments makes of a value, and those that have one. */
    private static List<Value<?>> changed(Value<?> value) throws ReflectiveOperationException {
        List<Value<?>> all = new ArrayList<>();
        for (Method method : value.getClass().getMethods()) {
            if (method.getParameterCount() == 0
                    && !method.isBridge()
                    && !Modifier.isStatic(method.getModifiers())
                    && Value.class.isAssignableFrom(method.getReturnType())) {
                all.add((Value<?>) method.invoke(value));
            }
        }
        all.add(value.convert(x -> x));
        all.add(value.convert(x -> x).convert(x -> x));
        all.add(value.convert(new Named()));
        if (value instanceof TextValue text) {
            all.add(text.truncate(5));
            all.add(text.truncate(6));
            all.add(TextValue.of(text.stripNul().convert(x -> x)).stripNul());
            all.add(TextValue.of(text.convert(x -> x)).stripNul());
        }
        if (value instanceof DecimalValue number) {
            all.add(DecimalValue.of(number.round().convert(x -> x)).clamp());
        }
        if (value instanceof NumberValue<?> number) {
            all.add(number.round().clamp());
        }
        if (value instanceof TimestampValue<?> timestamp) {
            all.add(timestamp.round().clampDate());
            all.add(timestamp.orText(DateTimeFormatter.ISO_DATE_TIME));
            all.add(timestamp.orText(DateTimeFormatter.ISO_DATE_TIME.withZone(ZoneOffset.UTC)));
            all.add(timestamp.orText(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
            all.add(timestamp.orArray(ZoneOffset.UTC));
            all.add(timestamp.orArray(ZoneId.of("Europe/Paris")));
        }
        if (value instanceof BooleanValue bool) {
            all.add(bool.orText(Set.of("Y"), Set.of("N")));
            all.add(bool.orText(Set.of("N"), Set.of("Y")));
        }
        if (value instanceof IdValue id) {
            all.add(id.orDbRef("a"));
            all.add(id.orDbRef("a", "b"));
        }
        if (value.paths().size() == 1 && !value.path().isEmpty()) {
            all.add(value.at(0));
            all.add(value.at(1));
            all.add(value.at(0, "g"));
            all.add(value.at(0, "g").at(1));
        }
        return all;
    }

    private static String description(Value<?> value) throws ReflectiveOperationException {
        Method method = Value.class.getDeclaredMethod("description");
        method.setAccessible(true);
        return (String) method.invoke(value);
    }

    /** A conversion that can be told by its name. */
    private static final class Named implements Conversion<Object, Object> {
        @Override
        public Object apply(Object value) {
            return value;
        }
    }

    @Test
    void theOrderOfCallsAndAnotherBuildOfTheSameMappingDoNot() {
        String one = MappingDigest.of(things(
                b -> b.map(WIDE.A_TEXT, string("title").convert(x -> x)).map(WIDE.A_VARCHAR, string("shelf"))));
        String other = MappingDigest.of(things(b -> b.map(WIDE.A_VARCHAR, string("shelf"))
                .map(WIDE.A_TEXT, string("title").convert(String::trim))));
        assertThat(one).isEqualTo(other);
    }
}
