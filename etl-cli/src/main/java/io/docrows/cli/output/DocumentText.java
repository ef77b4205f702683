package io.docrows.cli.output;

import java.util.HexFormat;
import java.util.Optional;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** A document as MongoDB Extended JSON v2, or as its bytes where it is no well-formed BSON. */
final class DocumentText {

    private static final int LINE = 32;

    private DocumentText() {}

    /** For people: the relaxed form, indented. */
    static String relaxed(byte[] bson) {
        return json(
                        bson,
                        JsonWriterSettings.builder()
                                .outputMode(JsonMode.RELAXED)
                                .indent(true)
                                .build())
                .orElseGet(() -> bytes(bson));
    }

    /** For programs: the canonical form, which keeps every type. Empty if the document is not well-formed. */
    static Optional<String> canonical(byte[] bson) {
        return json(
                bson, JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build());
    }

    private static Optional<String> json(byte[] bson, JsonWriterSettings settings) {
        try {
            return Optional.of(new RawBsonDocument(bson).toJson(settings));
        } catch (BsonSerializationException | BsonInvalidOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String bytes(byte[] bson) {
        StringBuilder text = new StringBuilder("not well-formed BSON; its bytes:\n");
        HexFormat hex = HexFormat.ofDelimiter(" ");
        for (int from = 0; from < bson.length; from += LINE) {
            text.append(String.format(java.util.Locale.ROOT, "%8d  ", from))
                    .append(hex.formatHex(bson, from, Math.min(bson.length, from + LINE)))
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}
