package io.docrows.inspect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.testing.MemorySource;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** Documents that are not valid BSON inside are counted, and measured as far as they can be read. */
final class DamagedDocumentsTest {

    private static final byte NO_TYPE = 0x55;

    private static byte[] damaged(String json, String field) {
        byte[] document = MemorySource.encode(BsonDocument.parse(json));
        for (int i = 4; i < document.length - field.length(); i++) {
            if (document[i + 1 + field.length()] == 0
                    && new String(document, i + 1, field.length(), US_ASCII).equals(field)) {
                document[i] = NO_TYPE;
                return document;
            }
        }
        throw new IllegalArgumentException("no field " + field);
    }

    private static CollectionFacts inspect(MemorySource source) {
        return Inspector.of(source)
                .inspect(InspectOptions.defaults().threads(1))
                .orElseThrow()
                .collection("things")
                .orElseThrow();
    }

    @Test
    void damageInsideHidesNothingBehindIt() {
        CollectionFacts facts = inspect(MemorySource.empty()
                .with("things", "{_id: 1, inner: {a: 1}, list: [1, 2], after: 'x'}")
                .withRaw("things", damaged("{_id: 2, inner: {a: 1}, list: [1, 2], after: 'x'}", "a"))
                .withRaw("things", damaged("{_id: 3, inner: {a: 1}, list: [1, 2], after: 'x'}", "1")));

        assertThat(facts.damaged()).isEqualTo(2);
        assertThat(facts.path("after").orElseThrow().values()).isEqualTo(3);
        assertThat(facts.path("inner").orElseThrow().objects()).isEqualTo(3);
        assertThat(facts.path("inner.a").orElseThrow().values()).isEqualTo(2);
        assertThat(facts.path("list[]").orElseThrow().values()).isEqualTo(5);
        assertThat(facts.findings())
                .filteredOn(one -> one.code() == FindingCode.DAMAGED_DOCUMENTS)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.values()).isEqualTo(2);
                    assertThat(one.firstId()).contains("2");
                    assertThat(one.message())
                            .isEqualTo("2 documents are not valid BSON inside, and would be rejected."
                                    + " What can be read of them was measured.");
                });
    }

    @Test
    void anIdBehindTheDamageIsNotThatOfTheDocumentBefore() {
        CollectionFacts facts = inspect(MemorySource.empty()
                .with("things", "{_id: 'a text that is longer than the document which comes after it', x: 1}")
                .withRaw("things", damaged("{x: 1, _id: 2}", "x")));

        assertThat(facts.findings())
                .filteredOn(one -> one.code() == FindingCode.DAMAGED_DOCUMENTS)
                .singleElement()
                .satisfies(one -> assertThat(one.firstId()).isEmpty());
    }
}
