package io.docrows.mapping;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.EVERY_TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.testing.Bson;
import io.docrows.testing.db.tables.records.EveryTypeRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The columns and fields that a mapping names for what happens to documents over time. */
final class ChangesAndDeletesTest {

    private static CollectionMapping.Builder<EveryTypeRecord> things() {
        return CollectionMapping.of("things", EVERY_TYPE).key(EVERY_TYPE.MONGO_ID, id("_id"));
    }

    private static void assertProblem(CollectionMapping.Builder<EveryTypeRecord> mapping, String problem) {
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(mapping::build)
                .withMessageContaining(problem);
    }

    @Test
    void oneColumnSaysWhenARowWasDeletedAndDocumentsLeaveItNull() {
        CollectionMapping<EveryTypeRecord> mapping =
                things().deletedAt(EVERY_TYPE.AN_INSTANT).build();

        assertThat(mapping.deletedAt()).contains(EVERY_TYPE.AN_INSTANT);
        assertThat(mapping.decode(Bson.bson("{_id: 1}")))
                .isInstanceOfSatisfying(
                        MappedDocument.class,
                        document -> assertThat(document.record().get(EVERY_TYPE.AN_INSTANT.getName()))
                                .isNull());
        assertThat(things().build().deletedAt()).isEmpty();
        assertProblem(
                things().deletedAt(EVERY_TYPE.AN_INSTANT).deletedAt(EVERY_TYPE.A_SECOND),
                "more than one column says when a row was deleted");
        assertProblem(
                things().map(EVERY_TYPE.AN_INSTANT, instant("at")).deletedAt(EVERY_TYPE.AN_INSTANT), "mapped twice");
    }

    @Test
    void oneFieldSaysWhenADocumentWasChangedAndNeedNotBeMapped() {
        CollectionMapping<EveryTypeRecord> mapping =
                things().watermark("updated").build();
        DocumentDecoder<EveryTypeRecord> decoder = mapping.decoder();
        decoder.decode(Bson.bson("{_id: 1, updated: {$date: '2024-01-01T00:00:00Z'}, x: 1}"));

        assertThat(decoder.drift().unmappedFields()).isEqualTo(Map.of("x", 1L));
        assertThat(mapping.watermark()).containsExactly("updated");
        assertThat(mapping.withWatermark("at", "changed").watermark()).containsExactly("at", "changed");
        assertThat(mapping.withWatermark().watermark()).isEmpty();
        assertProblem(things().watermark(), "a watermark needs the name of a field");
        assertProblem(
                things().map(EVERY_TYPE.A_TEXT, string("text")).watermark("a").watermark("b"),
                "more than one field is named as the watermark");
    }
}
