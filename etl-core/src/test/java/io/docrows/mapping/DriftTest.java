package io.docrows.mapping;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.AUTHOR;
import static io.docrows.testing.db.Tables.BOOK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.RejectCode;
import io.docrows.report.Drift;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bson;
import io.docrows.testing.db.enums.Genre;
import io.docrows.testing.db.tables.records.BookRecord;
import java.util.Map;
import org.jooq.TableRecord;
import org.junit.jupiter.api.Test;

final class DriftTest {

    private static <R extends TableRecord<R>> Drift of(CollectionMapping<R> mapping, String... documents) {
        DocumentDecoder<R> decoder = mapping.decoder();
        for (String document : documents) {
            decoder.decode(Bson.bson(document));
        }
        return decoder.drift();
    }

    @Test
    void countsTheTypesAtEachMappedPath() {
        Drift drift = of(
                Bookshop.BOOKS,
                "{_id: 1, title: 'a', author: 1, price: 1, at: {shelf: 'x', place: 1}}",
                "{_id: 'b', title: null, author: 1, price: 2.5, at: {shelf: 7}}",
                "{_id: 3, title: 'c', author: 1, price: '9', at: 'nowhere'}");

        assertThat(drift.types())
                .containsEntry("at.place", Map.of("int", 1L))
                .containsEntry("title", Map.of("string", 2L));
        assertThat(drift.typeMixes())
                .isEqualTo(Map.of(
                        "_id", Map.of("int", 2L, "string", 1L),
                        "at.shelf", Map.of("string", 1L, "int", 1L),
                        "price", Map.of("int", 1L, "double", 1L, "string", 1L)));
        assertThat(drift.isEmpty()).isFalse();
    }

    @Test
    void aMixOfTypesThatTheMappingKnowsIsNoDrift() {
        CollectionMapping<?> mapping = CollectionMapping.of("authors", AUTHOR)
                .key(AUTHOR.MONGO_ID, id("_id"))
                .map(AUTHOR.NAME, string("name").orScalar())
                .mixedTypes("_id")
                .mixedTypes("name")
                .build();

        assertThat(of(mapping, "{_id: 1, name: 'a'}", "{_id: 'b', name: 7}").isEmpty())
                .isTrue();
        assertThat(of(mapping, "{_id: 1, name: 'a', more: 1}").isEmpty()).isFalse();
    }

    @Test
    void typesCanBeKnownOfMappedFieldsOnly() {
        assertThatThrownBy(() -> CollectionMapping.of("authors", AUTHOR)
                        .key(AUTHOR.MONGO_ID, id("_id"))
                        .map(AUTHOR.NAME, string("name"))
                        .mixedTypes("name", "first")
                        .build())
                .hasMessageContaining("the field name.first has mixedTypes(), but is not mapped");
    }

    @Test
    void keepsNamesOfAnyLengthShort() {
        String begin = "n".repeat(20_000);
        CollectionMapping<?> mapping = Bookshop.AUTHORS;

        Drift drift = of(
                mapping,
                "{_id: 1, name: 'a', " + begin + "a: 1, " + begin + "b: 1}",
                "{_id: 2, name: 'b', " + begin + "a: 1}");

        assertThat(drift.unmappedFields().values()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(drift.unmappedFields().keySet())
                .allSatisfy(name -> assertThat(name).hasSizeLessThan(250).contains("sha256:", "20001 characters"));
    }

    @Test
    void namesOneHundredOfHundredThousandFields() {
        DocumentDecoder<?> decoder = Bookshop.AUTHORS.decoder();
        for (int i = 0; i < 1_000; i++) {
            StringBuilder document = new StringBuilder("{_id: " + i + ", name: 'a'");
            for (int f = 0; f < 100; f++) {
                document.append(", field").append(i * 100 + f).append(": 1");
            }
            decoder.decode(Bson.bson(document.append('}').toString()));
        }

        assertThat(decoder.drift().unmappedFields()).hasSize(101).containsEntry("(others)", 99_900L);
    }

    @Test
    void nullsAndIgnoredFieldsAreNoMix() {
        CollectionMapping<?> mapping = CollectionMapping.of("authors", AUTHOR)
                .key(AUTHOR.MONGO_ID, Values.id("_id"))
                .map(AUTHOR.NAME, Values.string("name"))
                .ignore("note")
                .build();

        assertThat(of(mapping, "{_id: 1, name: 'a', note: 1}", "{_id: 2, name: null, note: 'x'}"))
                .returns(true, Drift::isEmpty)
                .returns(Map.of("_id", Map.of("int", 2L), "name", Map.of("string", 1L)), Drift::types);
    }

    @Test
    void countsValuesThatAnEnumerationDoesNotHave() {
        Drift drift = of(
                Bookshop.BOOKS,
                "{_id: 1, title: 'a', author: 1, genre: 'crime'}",
                "{_id: 2, title: 'b', author: 1, genre: 'romance'}",
                "{_id: 3, title: 'c', author: 1, genre: 'western'}",
                "{_id: 4, title: 5, author: 1, genre: 'poetry'}");

        assertThat(drift.newValues()).isEqualTo(Map.of("genre", 2L));
    }

    @Test
    void countsThemAlsoWhereAPolicyMakesThemNull() {
        CollectionMapping<BookRecord> mapping = CollectionMapping.of("books", BOOK)
                .key(BOOK.MONGO_ID, Values.id("_id"))
                .map(BOOK.GENRE, Values.enumeration("genre", Genre.class).invalidAsNull())
                .map(BOOK.TITLE, Values.string("title"))
                .reference(BOOK.AUTHOR_ID, Values.id("author"), AUTHOR.MONGO_ID)
                .build();
        DocumentDecoder<BookRecord> decoder = mapping.decoder();

        assertThat(decoder.decode(Bson.bson("{_id: 1, genre: 'romance', title: 5, author: 1}")))
                .isInstanceOfSatisfying(
                        RejectedDocument.class,
                        reject -> assertThat(reject.code()).isEqualTo(RejectCode.TYPE_MISMATCH));
        assertThat(decoder.drift().newValues()).isEqualTo(Map.of("genre", 1L));
    }

    @Test
    void addsUp() {
        Drift one = of(Bookshop.AUTHORS, "{_id: 1, name: 'a', x: 1}");
        Drift other = of(Bookshop.AUTHORS, "{_id: 'b', name: 'a', x: 1, y: 1}");

        assertThat(one.typeMixes()).isEmpty();
        assertThat(one.plus(other))
                .isEqualTo(new Drift(
                        Map.of("x", 2L, "y", 1L),
                        Map.of("_id", Map.of("int", 1L, "string", 1L), "name", Map.of("string", 2L)),
                        Map.of()));
        assertThat(Drift.NONE.plus(one)).isEqualTo(one);
    }
}
