package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.Gig;
import io.docrows.benchmarks.data.Order;
import io.docrows.benchmarks.data.User;
import io.docrows.gigs.Email;
import io.docrows.gigs.Skill;
import io.docrows.gigs.Text;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.bson.BsonBinaryReader;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a dump as a program without this project's library sees them: decoded by MongoDB's driver, cleaned
 * by the same rules, in batches. Not thread-safe.
 */
final class Documents {

    private static final DocumentCodec CODEC = new DocumentCodec();
    private static final DecoderContext CONTEXT = DecoderContext.builder().build();

    private Documents() {}

    /** Takes a batch. */
    @FunctionalInterface
    interface Batch<T> {
        void accept(List<T> batch) throws Exception;
    }

    static void users(Job job, int size, Batch<User> consumer) throws Exception {
        read(job, "users", size, Documents::user, consumer);
    }

    static void gigs(Job job, int size, Batch<Gig> consumer) throws Exception {
        read(job, "gigs", size, Documents::gig, consumer);
    }

    static void orders(Job job, int size, Batch<Order> consumer) throws Exception {
        read(job, "orders", size, Documents::order, consumer);
    }

    private static <T> void read(Job job, String collection, int size, Function<Document, T> mapping, Batch<T> consumer)
            throws Exception {
        try (DumpSource source = DumpSource.open(job.dump())) {
            for (Partition partition : source.partitions(collection, ReadRequest.everything())) {
                try (DocumentReader reader = source.open(partition, null)) {
                    List<T> batch = new ArrayList<>(size);
                    for (byte[] bson = reader.read(); bson != null; bson = reader.read()) {
                        batch.add(mapping.apply(decode(bson)));
                        if (batch.size() == size) {
                            consumer.accept(batch);
                            batch = new ArrayList<>(size);
                        }
                    }
                    if (!batch.isEmpty()) {
                        consumer.accept(batch);
                    }
                }
            }
        }
    }

    private static Document decode(byte[] bson) {
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bson))) {
            return CODEC.decode(reader, CONTEXT);
        }
    }

    private static User user(Document document) {
        String email = document.getString("email");
        return new User(
                id(document, "_id"),
                Objects.requireNonNull(moment(document, "created")),
                moment(document, "updated"),
                Text.straightenQuotes(document.getString("name")),
                email == null ? null : Email.normalize(email),
                document.getList("skills", String.class, List.of()).stream()
                        .map(Skill::clean)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }

    private static Gig gig(Document document) {
        String description = document.getString("description");
        return new Gig(
                id(document, "_id"),
                Objects.requireNonNull(moment(document, "created")),
                moment(document, "updated"),
                Text.straightenQuotes(document.getString("title")),
                description == null ? null : Text.straightenQuotes(description),
                document.getString("state"),
                amount(document.get("budget")),
                document.get("poster") == null ? null : id(document, "poster"));
    }

    private static Order order(Document document) {
        return new Order(
                id(document, "_id"),
                Objects.requireNonNull(moment(document, "placedAt")),
                document.getString("customer"),
                document.getString("status"),
                document.getString("note"),
                document.getList("items", Document.class).stream()
                        .map(Documents::item)
                        .toList());
    }

    private static Order.Item item(Document item) {
        return new Order.Item(
                item.getString("sku"),
                item.getInteger("quantity"),
                item.get("price", Decimal128.class).bigDecimalValue(),
                item.getList("discounts", Document.class).stream()
                        .map(discount -> new Order.Discount(
                                discount.getString("code"),
                                discount.get("percent", Decimal128.class).bigDecimalValue()))
                        .toList());
    }

    private static String id(Document document, String field) {
        return document.get(field, ObjectId.class).toHexString();
    }

    private static @Nullable Instant moment(Document document, String field) {
        Date date = document.getDate(field);
        return date == null ? null : date.toInstant();
    }

    private static @Nullable BigDecimal amount(@Nullable Object value) {
        if (value instanceof Decimal128 decimal) {
            return decimal.bigDecimalValue();
        }
        if (value instanceof Integer number) {
            return BigDecimal.valueOf(number);
        }
        return value instanceof Double number ? BigDecimal.valueOf(number) : null;
    }
}
