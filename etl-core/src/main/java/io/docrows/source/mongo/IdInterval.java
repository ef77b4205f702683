package io.docrows.source.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the whole {@code _id} space, whatever the types in it. Immutable.
 *
 * <p>The order is MongoDB's (see {@link IdBracket}) but for one value: NaN comes before everything. In MongoDB it comes
 * before all other numbers, where no range operator finds it (comparisons with NaN hold for NaN alone); servers that
 * speak MongoDB's protocol disagree about its place. As a stretch of its own its place does not matter.
 *
 * <p>A stretch is read as a short row of queries, each sorted by {@code _id}: range operators find values of their
 * operand's types only, so going on behind a value takes the rest of its bracket and then the brackets that follow, by
 * {@code $type}. All conditions can be answered from the {@code _id} index, and none names {@code MinKey} or
 * {@code MaxKey} as an operand, the two for which range operators do reach across types.
 *
 * @param after the last {@code _id} that is not in it any more; null for the beginning
 * @param upTo the last {@code _id} that is in it; null for the end
 */
record IdInterval(@Nullable BsonValue after, @Nullable BsonValue upTo) {

    private static final BsonDouble NAN = new BsonDouble(Double.NaN);

    static final IdInterval EVERYTHING = new IdInterval(null, null);

    /** What is left when everything up to a value has been read. */
    IdInterval behind(BsonValue last) {
        return new IdInterval(last, upTo);
    }

    static boolean isNaN(BsonValue value) {
        return (value instanceof BsonDouble number && Double.isNaN(number.getValue()))
                || (value instanceof BsonDecimal128 decimal
                        && decimal.getValue().isNaN());
    }

    /**
     * Returns the conditions on {@code _id} that cover the stretch, in reading order.
     *
     * @param rareTypes says whether the server knows the names of deprecated BSON types; asked only if that matters
     * @return operator documents, to be used as {@code {_id: …}}
     */
    List<BsonDocument> conditions(BooleanSupplier rareTypes) {
        List<BsonDocument> conditions = new ArrayList<>();
        if (after == null) {
            conditions.add(new BsonDocument("$eq", NAN));
        }
        if (upTo != null && isNaN(upTo)) {
            return conditions;
        }
        BsonValue from = after == null || isNaN(after) ? null : after;
        if (from == null && upTo == null) {
            conditions.add(new BsonDocument("$ne", NAN));
            return conditions;
        }
        IdBracket first = from == null ? null : IdBracket.of(from.getBsonType());
        IdBracket last = upTo == null ? null : IdBracket.of(upTo.getBsonType());
        if (from != null && first != null && first == last) {
            if (!first.single()) {
                conditions.add(range(first, from, upTo));
            }
            return conditions;
        }
        if (from != null && first != null && !first.single()) {
            conditions.add(range(first, from, null));
        }
        addBrackets(conditions, first, last, rareTypes);
        if (upTo != null && last != null) {
            conditions.add(last.single() ? types(List.of(last), () -> true) : range(last, null, upTo));
        }
        return conditions;
    }

    private static BsonDocument range(IdBracket bracket, @Nullable BsonValue from, @Nullable BsonValue to) {
        BsonDocument range = new BsonDocument();
        if (from != null) {
            range.append("$gt", from);
        }
        if (to != null) {
            range.append("$lte", to);
        }
        return bracket == IdBracket.NUMBER ? range.append("$ne", NAN) : range;
    }

    private static void addBrackets(
            List<BsonDocument> conditions,
            @Nullable IdBracket after,
            @Nullable IdBracket before,
            BooleanSupplier rareTypes) {
        List<IdBracket> between = new ArrayList<>();
        for (IdBracket bracket : IdBracket.values()) {
            if ((after == null || bracket.compareTo(after) > 0) && (before == null || bracket.compareTo(before) < 0)) {
                between.add(bracket);
            }
        }
        BsonDocument condition = types(between, rareTypes);
        if (!condition.isEmpty()) {
            conditions.add(condition);
        }
    }

    private static BsonDocument types(List<IdBracket> brackets, BooleanSupplier rareTypes) {
        BsonArray aliases = new BsonArray();
        for (IdBracket bracket : brackets) {
            bracket.aliases().forEach(alias -> aliases.add(new BsonString(alias)));
            if (!bracket.rareAliases().isEmpty() && rareTypes.getAsBoolean()) {
                bracket.rareAliases().forEach(alias -> aliases.add(new BsonString(alias)));
            }
        }
        if (aliases.isEmpty()) {
            return new BsonDocument();
        }
        BsonDocument condition = new BsonDocument("$type", aliases);
        return brackets.contains(IdBracket.NUMBER) ? condition.append("$ne", NAN) : condition;
    }
}
