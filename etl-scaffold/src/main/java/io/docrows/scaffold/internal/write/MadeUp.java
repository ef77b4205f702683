package io.docrows.scaffold.internal.write;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.scaffold.internal.choose.Paths;
import io.docrows.scaffold.internal.design.Expected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * Documents of the shapes that were found: every kind of value at every path, in as few documents as that takes. All
 * values are made up, so that nothing of a source ends up in a project's tests. Immutable.
 */
final class MadeUp {

    private static final int MOST_DOCUMENTS = 12;
    private static final long MOMENT = 1_577_934_245_000L;

    private final Paths paths;
    private final Map<List<String>, Expected> columns;

    private MadeUp(Paths paths, Map<List<String>, Expected> columns) {
        this.paths = paths;
        this.columns = columns;
    }

    /** Documents for what was found in a collection, with values that fit into columns that are there already. */
    static List<BsonDocument> of(Paths paths, Map<List<String>, Expected> columns) {
        MadeUp made = new MadeUp(paths, columns);
        int shapes =
                paths.below(List.of()).stream().mapToInt(made::shapes).max().orElse(1);
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_DOCUMENTS, shapes); i++) {
            BsonDocument document = made.document(List.of(), i);
            // Where there are too many names to tell apart, this one is not told apart either.
            document.putIfAbsent("_id", new BsonInt32(i));
            documents.add(document);
        }
        return documents;
    }

    /** Makes documents be of a kind, which a text in them tells. */
    static UnaryOperator<BsonDocument> kind(List<String> by, String text) {
        return document -> {
            BsonDocument at = document;
            for (String name : by.subList(0, by.size() - 1)) {
                if (!(at.get(name) instanceof BsonDocument)) {
                    at.put(name, new BsonDocument());
                }
                at = at.getDocument(name);
            }
            at.put(by.get(by.size() - 1), new BsonString(text));
            return document;
        };
    }

    /** How many documents it takes to show all kinds of a path and those below it. */
    private int shapes(PathFacts path) {
        int below =
                paths.below(path.names()).stream().mapToInt(this::shapes).max().orElse(1);
        return Math.max(kinds(path).size(), below);
    }

    private List<Kind> kinds(PathFacts path) {
        return path.kinds().stream()
                .map(one -> one.kind())
                .filter(kind -> kind != Kind.TEXT_MALFORMED)
                .filter(kind -> !((kind.isNull() || kind == Kind.DOCUMENT_EMPTY) && isRequired(path)))
                .toList();
    }

    /** Whether whatever lacks it is rejected, which is told, and no shape that fits. */
    private boolean isRequired(PathFacts path) {
        Expected column = columns.get(path.names());
        return column != null && column.required()
                || paths.below(path.names()).stream()
                        .anyMatch(one -> !one.name().equals(Paths.ELEMENT)
                                && !one.name().equals(Paths.ENTRY)
                                && isRequired(one));
    }

    private BsonDocument document(List<String> names, int shape) {
        BsonDocument document = new BsonDocument();
        for (PathFacts path : paths.below(names)) {
            boolean entry = path.name().equals(Paths.ENTRY);
            value(path, shape, path.name().equals("_id") && names.isEmpty())
                    .ifPresent(value -> document.append(entry ? "name" + (shape + 1) : path.name(), value));
        }
        return document;
    }

    private Optional<BsonValue> value(PathFacts path, int shape, boolean always) {
        List<Kind> kinds = kinds(path);
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        // What has fewer kinds than others is missing in the last documents, if it ever was.
        boolean missing =
                path.missing() > 0 && !isRequired(path) && shape >= Math.max(kinds.size(), shapes(path)) && !always;
        if (missing) {
            return Optional.empty();
        }
        return value(path, kinds.get(Math.min(shape, kinds.size() - 1)), shape)
                .map(value -> fitting(path, value, shape));
    }

    private BsonValue fitting(PathFacts path, BsonValue value, int shape) {
        Expected column = columns.get(path.names());
        return column == null ? value : FittingValue.of(value, column, shape);
    }

    private Optional<BsonValue> value(PathFacts path, Kind kind, int shape) {
        return Optional.of(
                switch (kind) {
                    case NULL -> BsonNull.VALUE;
                    case UNDEFINED -> new BsonUndefined();
                    case FALSE -> BsonBoolean.FALSE;
                    case TRUE -> BsonBoolean.TRUE;
                    case INT32 -> new BsonInt32(shape + 1);
                    case INT64 -> new BsonInt64(5_000_000_000L + shape);
                    case DOUBLE_WHOLE -> new BsonDouble(shape + 1.0);
                    case DOUBLE -> new BsonDouble(shape + 1.5);
                    case DOUBLE_NAN -> new BsonDouble(Double.NaN);
                    case DOUBLE_INFINITE -> new BsonDouble(Double.POSITIVE_INFINITY);
                    case DECIMAL -> new BsonDecimal128(Decimal128.parse("12.50"));
                    case DECIMAL_NAN -> new BsonDecimal128(Decimal128.NaN);
                    case DECIMAL_INFINITE -> new BsonDecimal128(Decimal128.POSITIVE_INFINITY);
                    case DATE -> new BsonDateTime(MOMENT + 123);
                    case DATE_MIDNIGHT -> new BsonDateTime(MOMENT - MOMENT % 86_400_000);
                    case DATE_1970 -> new BsonDateTime(30_600_000);
                    case DATE_OUT_OF_RANGE -> new BsonDateTime(Long.MAX_VALUE);
                    case OBJECT_ID -> new BsonObjectId(new ObjectId("65a1b2c3d4e5f607182930" + "0" + (shape % 10)));
                    case BINARY, BINARY_OTHER, BINARY_USER -> binary(kind);
                    case UUID -> new BsonBinary(BsonBinarySubType.UUID_STANDARD, new byte[16]);
                    case UUID_LEGACY -> new BsonBinary(BsonBinarySubType.UUID_LEGACY, new byte[16]);
                    case DOCUMENT, DOCUMENT_EMPTY ->
                        kind == Kind.DOCUMENT ? document(path.names(), shape) : new BsonDocument();
                    case GEOJSON -> BsonDocument.parse("{type: 'Point', coordinates: [-73.97, 40.78]}");
                    case DBREF -> BsonDocument.parse("{$ref: 'others', $id: 1}");
                    case ARRAY, ARRAY_DATE, ARRAY_PAIR -> array(path);
                    case ARRAY_EMPTY -> new BsonArray();
                    case TIMESTAMP -> new BsonTimestamp(1, 1);
                    case REGEX -> new BsonRegularExpression("^a", "i");
                    case CODE, CODE_WITH_SCOPE -> new BsonJavaScript("function() {}");
                    case SYMBOL -> new BsonSymbol("symbol");
                    case MIN_KEY -> new BsonMinKey();
                    case MAX_KEY -> new BsonMaxKey();
                    case DB_POINTER -> new BsonString("pointer");
                    default -> new BsonString(text(kind));
                });
    }

    private static BsonValue binary(Kind kind) {
        byte subType = (byte) (kind == Kind.BINARY ? 0 : kind == Kind.BINARY_OTHER ? 5 : 128);
        return new BsonBinary(subType, new byte[] {1, 2, 3});
    }

    /** An array that shows all kinds of its elements. */
    private BsonValue array(PathFacts path) {
        Optional<PathFacts> element = paths.element(path);
        List<BsonValue> values = new ArrayList<>();
        int shapes = element.map(this::shapes).orElse(0);
        for (int i = 0; i < Math.min(MOST_DOCUMENTS, shapes); i++) {
            value(element.orElseThrow(), i, true).ifPresent(values::add);
        }
        return new BsonArray(Arrays.asList(values.toArray(BsonValue[]::new)));
    }

    private static String text(Kind kind) {
        return switch (kind) {
            case TEXT_EMPTY -> "";
            case TEXT_BLANK -> " ";
            case TEXT_INTEGER -> "12";
            case TEXT_PADDED -> "00501";
            case TEXT_DECIMAL -> "1.5";
            case TEXT_BOOLEAN -> "true";
            case TEXT_DATE -> "2020-01-02";
            case TEXT_TIME -> "03:04:05";
            case TEXT_MOMENT -> "2020-01-02T03:04:05Z";
            case TEXT_LOCAL_MOMENT -> "2020-01-02T03:04:05";
            case TEXT_COMMA_MOMENT -> "2020,01,02,03,04,05,000006";
            case TEXT_UUID -> "00112233-4455-6677-8899-aabbccddeeff";
            case TEXT_OBJECT_ID -> "65a1b2c3d4e5f60718293001";
            case TEXT_JSON -> "{\"a\": 1}";
            case TEXT_NUL -> "a\u0000b";
            default -> "text";
        };
    }
}
