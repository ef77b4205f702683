package io.docrows.testing;

import static io.docrows.error.RejectCode.OUT_OF_RANGE;
import static io.docrows.error.RejectCode.TYPE_MISMATCH;
import static io.docrows.testing.db.Tables.WIDE;

import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Value;
import io.docrows.mapping.Values;
import io.docrows.testing.db.enums.Genre;
import io.docrows.testing.db.tables.records.WideRecord;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bson.BsonValue;
import org.jooq.JSON;
import org.jooq.TableField;

/**
 * One way to map one column of the table {@code wide}, with what it must make of each value.
 *
 * @param label tells the ways apart
 * @param column the column
 * @param value makes the value of a field
 * @param expected what the column must hold then
 * @param <T> the column's Java type
 */
public record WideColumn<T>(
        String label,
        TableField<WideRecord, T> column,
        Function<String[], Value<? extends T>> value,
        Function<BsonValue, Outcome> expected) {

    public static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

    private static final Set<String> GENRES = Set.of("crime", "poetry", "science fiction");

    /** Every column that can be loaded, and those with policies once more. */
    public static final List<WideColumn<?>> ALL = List.of(
            of("text", WIDE.A_TEXT, Values::string, v -> text(v, 0)),
            of("varchar", WIDE.A_VARCHAR, Values::string, v -> text(v, 5)),
            of("char", WIDE.A_CHAR, Values::string, v -> text(v, 3)),
            of("citext", WIDE.A_CITEXT, Values::string, v -> text(v, 0)),
            of("domain of varchar", WIDE.A_CODE, Values::string, v -> text(v, 4)),
            of("default", WIDE.A_DEFAULT, Values::string, v -> text(v, 0)),
            of("smallint", WIDE.A_SMALLINT, Values::int16, v -> PlainReading.whole(v, 16)),
            of("integer", WIDE.AN_INTEGER, Values::int32, v -> PlainReading.whole(v, 32)),
            of("bigint", WIDE.A_BIGINT, Values::int64, v -> PlainReading.whole(v, 64)),
            of("numeric", WIDE.A_NUMERIC, Values::decimal, v -> PlainReading.decimal(v, 131_072, 16_383)),
            of("numeric(8, 2)", WIDE.A_PRICE, Values::decimal, v -> PlainReading.decimal(v, 6, 2)),
            of("numeric(5)", WIDE.A_WHOLE, Values::decimal, v -> PlainReading.decimal(v, 5, 0)),
            of("numeric(38, 20)", WIDE.A_FINE, Values::decimal, v -> PlainReading.decimal(v, 18, 20)),
            of("domain of numeric", WIDE.AN_AMOUNT, Values::decimal, v -> PlainReading.decimal(v, 6, 2)),
            of("real", WIDE.A_REAL, Values::float32, v -> PlainReading.real(v, true)),
            of("double", WIDE.A_DOUBLE, Values::float64, v -> PlainReading.real(v, false)),
            of("boolean", WIDE.A_BOOLEAN, Values::bool, PlainReading::bool),
            of("timestamptz", WIDE.A_TIMESTAMPTZ, Values::instant, v -> PlainReading.instant(v, 1)),
            of("timestamptz(1)", WIDE.A_TENTH_TZ, Values::instant, v -> PlainReading.instant(v, 100)),
            of("domain of timestamptz", WIDE.A_MOMENT, Values::instant, v -> PlainReading.instant(v, 1)),
            of("timestamp", WIDE.A_TIMESTAMP, WideColumn::local, v -> PlainReading.clock(v, ZONE, 1)),
            of("timestamp(0)", WIDE.A_SECOND, WideColumn::local, v -> PlainReading.clock(v, ZONE, 1000)),
            of("date", WIDE.A_DATE, path -> Values.date(ZONE, path), v -> PlainReading.day(v, ZONE)),
            of("uuid", WIDE.A_UUID, Values::uuid, PlainReading::uuid),
            of("bytea", WIDE.A_BYTEA, Values::binary, PlainReading::binary),
            of(
                    "json",
                    WIDE.A_JSON,
                    path -> Values.json(path).convert(json -> JSON.valueOf(json.data())),
                    PlainReading::json),
            of("jsonb", WIDE.A_JSONB, Values::json, PlainReading::json),
            of(
                    "enum",
                    WIDE.A_GENRE,
                    path -> Values.enumeration(Genre.class, path),
                    v -> PlainReading.constant(v, GENRES)));

    /** Some of the columns with policies for what they cannot hold. */
    public static final List<WideColumn<?>> WITH_POLICIES = List.of(
            of(
                    "text stripNul",
                    WIDE.A_TEXT,
                    path -> Values.string(path).stripNul(),
                    v -> PlainReading.text(v).map(text -> text.replace("\0", ""))),
            of(
                    "varchar truncate",
                    WIDE.A_VARCHAR,
                    path -> Values.string(path).truncate(),
                    v -> PlainReading.text(v).map(WideColumn::cut).then(text -> PlainReading.fits(text, 5))),
            of(
                    "integer outOfRangeAsNull",
                    WIDE.AN_INTEGER,
                    path -> Values.int32(path).outOfRangeAsNull(),
                    v -> PlainReading.whole(v, 32).orNull(OUT_OF_RANGE)),
            of(
                    "bigint mismatchAsNull",
                    WIDE.A_BIGINT,
                    path -> Values.int64(path).mismatchAsNull(),
                    v -> PlainReading.whole(v, 64).orNull(TYPE_MISMATCH)),
            of(
                    "boolean mismatchAsNull",
                    WIDE.A_BOOLEAN,
                    path -> Values.bool(path).mismatchAsNull(),
                    v -> PlainReading.bool(v).orNull(TYPE_MISMATCH)),
            of(
                    "timestamptz(1) outOfRangeAsNull",
                    WIDE.A_TENTH_TZ,
                    path -> Values.instant(path).outOfRangeAsNull(),
                    v -> PlainReading.instant(v, 100).orNull(OUT_OF_RANGE)));

    /** Whether values of other types are NULL, also where they are in the place of the sub-document. */
    boolean isNullForOtherTypes() {
        return label.endsWith("mismatchAsNull");
    }

    private static Value<java.time.LocalDateTime> local(String... path) {
        return Values.localDateTime(ZONE, path);
    }

    private static Outcome text(BsonValue value, int length) {
        return PlainReading.text(value).then(text -> PlainReading.fits(text, length));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) > 5 ? text.substring(0, text.offsetByCodePoints(0, 5)) : text;
    }

    private static <T> WideColumn<T> of(
            String label,
            TableField<WideRecord, T> column,
            Function<String[], Value<? extends T>> value,
            Function<BsonValue, Outcome> expected) {
        return new WideColumn<>(label, column, value, expected);
    }

    /** Maps the column to a field. */
    public void map(CollectionMapping.Builder<WideRecord> builder, String... path) {
        builder.map(column, value.apply(path));
    }
}
