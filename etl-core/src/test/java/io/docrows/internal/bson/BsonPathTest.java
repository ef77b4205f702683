package io.docrows.internal.bson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.junit.jupiter.api.Test;

final class BsonPathTest {

    private final BsonCursor cursor = new BsonCursor();

    private boolean find(String document, String... names) {
        cursor.reset(BsonBytes.of(BsonDocument.parse(document)));
        return BsonPath.of(List.of(names)).find(cursor);
    }

    @Test
    void leadsThroughDocumentsToAField() {
        assertThat(find("{a: 1, b: {a: 2, c: {d: 'x'}}, c: 3}", "b", "c", "d")).isTrue();
        assertThat(cursor.string()).isEqualTo("x");
        assertThat(find("{a: 1}", "a")).isTrue();
        assertThat(cursor.int32()).isOne();
    }

    @Test
    void endsWhereThereIsNoSuchField() {
        assertThat(find("{b: {c: 1}, d: 2}", "b", "d")).isFalse();
        assertThat(find("{b: [{c: 1}]}", "b", "c")).isFalse();
        assertThat(find("{b: null}", "b", "c")).isFalse();
        assertThat(find("{}", "b")).isFalse();
        assertThat(find("{b: 1}")).isFalse();
    }

    @Test
    void aNullIsAField() {
        assertThat(find("{b: {c: null}}", "b", "c")).isTrue();
        assertThat(cursor.type()).isEqualTo(BsonType.NULL);
    }
}
