package io.docrows.testing;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Conditions.not;
import static io.docrows.mapping.Values.constant;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.COMMENT;
import static io.docrows.testing.Feed.ENTRY;
import static io.docrows.testing.Feed.ENTRY_LINE;
import static io.docrows.testing.Feed.LABEL;
import static io.docrows.testing.Feed.NOTE;
import static io.docrows.testing.Feed.NOTE_PART;
import static io.docrows.testing.Feed.POST;

import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Condition;
import io.docrows.mapping.MissingReference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Random mappings of the tables of a {@link Feed}, the same for the same seed: several of one collection, several
 * collections into one table, with conditions, rows of their own, lookups, and tables below.
 */
public final class RandomFeed {

    /** The tables that a mapping fills. */
    public enum Target {
        POST,
        COMMENT,
        ENTRY,
        NOTE
    }

    /** A condition, and what it says about a document that was decoded whole. */
    public record Where(Condition condition, Predicate<BsonDocument> holds) {}

    /**
     * A mapping, and what makes it up.
     *
     * @param kind the constant that tells its rows apart; null if none does
     * @param waits whether a comment is loaded before its post
     */
    public record Part(
            String collection,
            Target target,
            @Nullable Where where,
            @Nullable String kind,
            boolean waits) {

        boolean takes(BsonDocument document) {
            return where == null || where.holds().test(document);
        }

        /** A new mapping. */
        public CollectionMapping<?> mapping() {
            return switch (target) {
                case POST ->
                    on(CollectionMapping.of(collection, POST))
                            .key(POST.mongoId, id("_id"))
                            .map(POST.title, string("title"))
                            .map(POST.views, int32("views"))
                            .build();
                case COMMENT ->
                    on(CollectionMapping.of(collection, COMMENT))
                            .key(COMMENT.mongoId, id("_id"))
                            .map(COMMENT.body, string("body"))
                            .reference(
                                    COMMENT.postId,
                                    id("post"),
                                    POST.mongoId,
                                    waits ? MissingReference.PENDING : MissingReference.REJECT)
                            .build();
                case ENTRY ->
                    on(CollectionMapping.of(collection, ENTRY))
                            .key(ENTRY.kind, constant(kind))
                            .key(ENTRY.mongoId, id("_id"))
                            .map(ENTRY.title, string("title"))
                            .lookup(ENTRY.labelId, string("label"), LABEL.name)
                            .children(
                                    "lines",
                                    ENTRY_LINE,
                                    line -> line.position(ENTRY_LINE.line)
                                            .map(ENTRY_LINE.body, string("body"))
                                            .lookup(ENTRY_LINE.labelId, string("label"), LABEL.name))
                            .build();
                case NOTE -> {
                    CollectionMapping.Builder<Feed.NoteRecord> note = on(CollectionMapping.of(collection, NOTE))
                            .key(NOTE.mongoId, id("_id"))
                            .map(NOTE.body, string("body"))
                            .children(
                                    "parts",
                                    NOTE_PART,
                                    part -> part.position(NOTE_PART.place).map(NOTE_PART.part, string()));
                    yield (kind == null ? note : note.owns(NOTE.kind, kind)).build();
                }
            };
        }

        private <R extends org.jooq.TableRecord<R>> CollectionMapping.Builder<R> on(
                CollectionMapping.Builder<R> builder) {
            return where == null ? builder : builder.where(where.condition());
        }

        @Override
        public String toString() {
            return collection + " -> " + target + (kind == null ? "" : " of " + kind)
                    + (where == null ? "" : " where " + where.condition())
                    + (target == Target.COMMENT && waits ? ", waiting" : "");
        }
    }

    private final Random random;

    /** Mappings for a seed. */
    public RandomFeed(long seed) {
        this.random = new Random(seed);
    }

    /** Some mappings. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        boolean waits = random.nextBoolean();
        boolean strict = false;
        if (random.nextInt(3) > 0) {
            parts.add(new Part("feed", Target.POST, maybe(), null, false));
            if (random.nextInt(3) > 0) {
                parts.add(new Part("feed", Target.COMMENT, maybe(), null, waits));
                strict = !waits;
            }
        }
        String[] kinds = {"a", "b", "c", "d"};
        for (int i = random.nextInt(4); i > 0; i--) {
            parts.add(new Part(collection(random.nextInt(3)), Target.ENTRY, maybe(), kinds[i], false));
        }
        boolean told = random.nextInt(3) > 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            // A document that waits for another one gets the key of a note before or after others, as batches fall.
            parts.add(new Part(
                    collection(strict ? 1 + random.nextInt(2) : random.nextInt(3)),
                    Target.NOTE,
                    maybe(),
                    told ? kinds[i] : null,
                    false));
        }
        if (parts.isEmpty()) {
            parts.add(new Part("memos", Target.NOTE, maybe(), null, false));
        }
        Collections.shuffle(parts, random);
        return parts;
    }

    /** Whether some rows of these mappings cannot be told from those of others. */
    public static boolean areMixed(List<Part> parts) {
        return parts.stream()
                        .filter(part -> part.target() == Target.NOTE && part.kind() == null)
                        .count()
                > 1;
    }

    private static String collection(int number) {
        return List.of("feed", "memos", "tasks").get(number);
    }

    private @Nullable Where maybe() {
        return random.nextInt(4) == 0 ? null : where(2);
    }

    private Where where(int depth) {
        if (depth == 0 || random.nextInt(2) == 0) {
            return test();
        }
        Where one = where(depth - 1);
        if (random.nextInt(3) == 0) {
            return new Where(not(one.condition()), one.holds().negate());
        }
        Where other = where(depth - 1);
        return random.nextBoolean()
                ? new Where(one.condition().and(other.condition()), one.holds().and(other.holds()))
                : new Where(one.condition().or(other.condition()), one.holds().or(other.holds()));
    }

    private Where test() {
        return switch (random.nextInt(10)) {
            case 0 -> new Where(field("type").is("post"), value(isText("post"), "type"));
            case 1 -> new Where(field("type").isOneOf("comment", "like"), value(isText("comment", "like"), "type"));
            case 2 -> new Where(field("type").exists(), value(any -> true, "type"));
            case 3 ->
                new Where(
                        field("views").isMissing(), value(any -> true, "views").negate());
            case 4 -> new Where(field("views").isOneOf(0, 1, 2), value(isNumber(0, 1, 2), "views"));
            case 5 ->
                new Where(
                        field("flag").is(true),
                        value(any -> any.isBoolean() && any.asBoolean().getValue(), "flag"));
            case 6 -> new Where(field("meta", "state").is("open"), value(isText("open"), "meta", "state"));
            case 7 ->
                new Where(
                        field("meta", "state").isMissing(),
                        value(any -> true, "meta", "state").negate());
            case 8 ->
                new Where(
                        field("lines").hasType(BsonType.ARRAY, BsonType.NULL),
                        value(any -> any.isArray() || any.isNull(), "lines"));
            default ->
                new Where(
                        field("type").hasType(BsonType.STRING, BsonType.INT32),
                        value(any -> any.isString() || any.isInt32(), "type"));
        };
    }

    private static Predicate<BsonDocument> value(Predicate<BsonValue> test, String... path) {
        return document -> {
            BsonValue value = document;
            for (String name : path) {
                value = value != null && value.isDocument() ? value.asDocument().get(name) : null;
            }
            return value != null && test.test(value);
        };
    }

    private static Predicate<BsonValue> isText(String... texts) {
        return value ->
                value.isString() && Set.of(texts).contains(value.asString().getValue());
    }

    private static Predicate<BsonValue> isNumber(int... numbers) {
        Set<BigDecimal> all =
                java.util.Arrays.stream(numbers).mapToObj(BigDecimal::valueOf).collect(Collectors.toSet());
        return value -> {
            if (value.isDecimal128()) {
                return value.asDecimal128().getValue().isFinite()
                        && all.stream()
                                .anyMatch(number -> number.compareTo(value.asDecimal128()
                                                .decimal128Value()
                                                .bigDecimalValue())
                                        == 0);
            }
            return value.isNumber()
                    && all.stream()
                            .anyMatch(number ->
                                    number.doubleValue() == value.asNumber().doubleValue());
        };
    }
}
