package io.docrows.benchmarks.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.bson.BsonBinaryWriter;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Writes users, gigs and orders as the documents they came from: with typographic apostrophes and capitals in addresses
 * here and there, and amounts as whatever number type a program happened to use. Stateless.
 */
final class DocumentEncoder {

    private DocumentEncoder() {}

    static byte[] user(User user) {
        return document(writer -> {
            writer.writeObjectId("_id", new ObjectId(user.mongoId()));
            date(writer, "created", user.created());
            date(writer, "updated", user.updated());
            text(writer, "name", user.name());
            String email = user.email();
            if (email != null) {
                boolean capital = Math.floorMod(email.hashCode(), 32) == 0;
                writer.writeString(
                        "email", capital ? email.substring(0, 1).toUpperCase(Locale.ROOT) + email.substring(1) : email);
            }
            writer.writeStartArray("skills");
            user.skills().forEach(writer::writeString);
            writer.writeEndArray();
        });
    }

    static byte[] gig(Gig gig) {
        return document(writer -> {
            writer.writeObjectId("_id", new ObjectId(gig.mongoId()));
            date(writer, "created", gig.created());
            date(writer, "updated", gig.updated());
            text(writer, "title", gig.title());
            String description = gig.description();
            if (description != null) {
                text(writer, "description", description);
            }
            writer.writeString("state", gig.state());
            String poster = gig.poster();
            if (poster != null) {
                writer.writeObjectId("poster", new ObjectId(poster));
            }
            amount(writer, "budget", gig.budget());
        });
    }

    static byte[] order(Order order) {
        return document(writer -> {
            writer.writeObjectId("_id", new ObjectId(order.mongoId()));
            date(writer, "placedAt", order.placedAt());
            writer.writeString("customer", order.customer());
            writer.writeString("status", order.status());
            String note = order.note();
            if (note != null) {
                writer.writeString("note", note);
            }
            writer.writeStartArray("items");
            order.items().forEach(item -> item(writer, item));
            writer.writeEndArray();
        });
    }

    private static void item(BsonBinaryWriter writer, Order.Item item) {
        writer.writeStartDocument();
        writer.writeString("sku", item.sku());
        writer.writeInt32("quantity", item.quantity());
        writer.writeDecimal128("price", new Decimal128(item.price()));
        writer.writeStartArray("discounts");
        for (Order.Discount discount : item.discounts()) {
            writer.writeStartDocument();
            writer.writeString("code", discount.code());
            writer.writeDecimal128("percent", new Decimal128(discount.percent()));
            writer.writeEndDocument();
        }
        writer.writeEndArray();
        writer.writeEndDocument();
    }

    private interface Fields {
        void writeTo(BsonBinaryWriter writer);
    }

    private static byte[] document(Fields fields) {
        BasicOutputBuffer buffer = new BasicOutputBuffer(512);
        try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            writer.writeStartDocument();
            fields.writeTo(writer);
            writer.writeEndDocument();
        }
        return buffer.toByteArray();
    }

    private static void date(BsonBinaryWriter writer, String name, @Nullable Instant moment) {
        if (moment != null) {
            writer.writeDateTime(name, moment.toEpochMilli());
        }
    }

    /** Half of the texts with an apostrophe went through a word processor. */
    private static void text(BsonBinaryWriter writer, String name, String text) {
        writer.writeString(name, (text.hashCode() & 1) == 0 ? text : text.replace('\'', '’'));
    }

    private static void amount(BsonBinaryWriter writer, String name, @Nullable BigDecimal amount) {
        if (amount == null) {
            return;
        }
        if (amount.scale() == 0) {
            writer.writeInt32(name, amount.intValueExact());
        } else if (amount.unscaledValue().intValueExact() % 25 == 0) {
            writer.writeDouble(name, amount.doubleValue());
        } else {
            writer.writeDecimal128(name, new Decimal128(amount));
        }
    }
}
