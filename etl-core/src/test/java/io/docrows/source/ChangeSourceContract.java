package io.docrows.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.BsonBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ChangeSource} does, over the collections {@code orders} and {@code customers}. */
public abstract class ChangeSourceContract {

    private static final Set<String> BOTH = Set.of("orders", "customers");

    /** The source, the same in all of a test, without documents at its beginning. */
    protected abstract ChangeSource source();

    /** Stores a document in the place of the one with its {@code _id}, if there is one. */
    protected abstract void put(String collection, BsonValue id, int number);

    /** Deletes a document. */
    protected abstract void delete(String collection, BsonValue id);

    @Test
    protected void tellsWhatHappenedSinceItWasOpened() {
        put("orders", new BsonInt32(1), 1);
        try (ChangeReader reader = source().changes(BOTH, null)) {
            put("orders", new BsonInt32(2), 1);
            put("customers", new BsonString("a"), 1);
            put("orders", new BsonInt32(2), 2);
            delete("orders", new BsonInt32(2));
            // A source may begin a moment early, but it never leaves anything out.
            assertThat(untilNow(reader).stream().filter(change -> !change.equals("CHANGED orders 1")))
                    .containsExactly("CHANGED orders 2", "CHANGED customers a", "CHANGED orders 2", "DELETED orders 2");
        }
    }

    @Test
    protected void goesOnBehindAPosition() {
        byte[] position;
        try (ChangeReader reader = source().changes(BOTH, null)) {
            put("orders", new BsonInt32(1), 1);
            put("orders", new BsonInt32(2), 1);
            put("orders", new BsonInt32(3), 1);
            assertThat(next(reader)).isEqualTo("CHANGED orders 1");
            assertThat(next(reader)).isEqualTo("CHANGED orders 2");
            position = reader.position();
        }
        put("orders", new BsonInt32(4), 1);
        try (ChangeReader reader = source().changes(BOTH, position)) {
            assertThat(untilNow(reader)).containsExactly("CHANGED orders 3", "CHANGED orders 4");
        }
    }

    @Test
    protected void aReaderThatHasReadNothingHasAPosition() {
        byte[] position;
        try (ChangeReader reader = source().changes(BOTH, null)) {
            position = reader.position();
        }
        put("orders", new BsonInt32(1), 1);
        try (ChangeReader reader = source().changes(BOTH, position)) {
            assertThat(untilNow(reader)).containsExactly("CHANGED orders 1");
        }
    }

    @Test
    protected void saysNothingOfOtherCollections() {
        try (ChangeReader reader = source().changes(Set.of("customers"), null)) {
            put("orders", new BsonInt32(1), 1);
            put("customers", new BsonInt32(1), 1);
            assertThat(untilNow(reader)).containsExactly("CHANGED customers 1");
        }
    }

    @Test
    protected void readsDocumentsAsTheyAre() {
        put("orders", new BsonInt32(1), 1);
        put("orders", new BsonInt32(2), 7);
        put("orders", new BsonInt32(3), 1);
        delete("orders", new BsonInt32(3));
        List<Integer> numbers = new ArrayList<>();
        try (DocumentReader reader = source().read(
                        "orders", List.of(new BsonInt32(2), new BsonInt32(3), new BsonInt32(4)), source().time())) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                numbers.add(BsonBytes.decode(document).getInt32("n").getValue());
            }
        }
        assertThat(numbers).containsExactly(7);
    }

    @Test
    protected void readsMoreDocumentsThanAReplyBrings() {
        List<BsonValue> wanted = new ArrayList<>();
        for (int id = 0; id < 2_100; id++) {
            wanted.add(new BsonInt32(id));
        }
        for (int id : List.of(3, 999, 1_000, 2_099)) {
            put("orders", new BsonInt32(id), id);
        }
        List<Integer> numbers = new ArrayList<>();
        try (DocumentReader reader = source().read("orders", wanted, source().time())) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                numbers.add(BsonBytes.decode(document).getInt32("n").getValue());
            }
        }
        assertThat(numbers).containsExactlyInAnyOrder(3, 999, 1_000, 2_099);
    }

    @Test
    protected void aPositionThatIsNoneIsLostHistory() {
        assertThatThrownBy(() -> source().changes(BOTH, new byte[] {1, 2, 3}))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_HISTORY_LOST));
    }

    private static String next(ChangeReader reader) {
        while (true) {
            Change change = reader.read();
            if (change != null) {
                return text(change);
            }
        }
    }

    /** Reads until the reader has reached the present. */
    private List<String> untilNow(ChangeReader reader) {
        BsonTimestamp now = source().time();
        List<String> changes = new ArrayList<>();
        while (true) {
            @Nullable Change change = reader.read();
            if (change != null) {
                changes.add(text(change));
            } else if (reader.reached().compareTo(now) >= 0) {
                return changes;
            }
        }
    }

    private static String text(Change change) {
        String id = change.id() instanceof BsonString text
                ? text.getValue()
                : String.valueOf(change.id().asInt32().getValue());
        return change.kind() + " " + change.collection() + " " + id;
    }
}
