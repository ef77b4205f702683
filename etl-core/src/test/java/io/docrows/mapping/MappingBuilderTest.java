package io.docrows.mapping;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.MemberTable.MEMBER;
import static io.docrows.testing.db.Tables.AUTHOR;
import static io.docrows.testing.db.Tables.BOOK;
import static io.docrows.testing.db.Tables.BOOK_TAG;
import static io.docrows.testing.db.Tables.EMPLOYEE;
import static io.docrows.testing.db.Tables.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.testing.Bookshop;
import org.junit.jupiter.api.Test;

final class MappingBuilderTest {

    @Test
    void everyProblemIsListedAtOnce() {
        CollectionMapping.Builder<?> builder = CollectionMapping.of("books", BOOK)
                .key(BOOK.TITLE, string("title"))
                .map(BOOK.PLACE, int32("place"))
                .map(BOOK.PLACE, int32("position"))
                .reference(BOOK.AUTHOR_ID, id("author"), AUTHOR.NAME, MissingReference.PENDING)
                .manyToMany(
                        strings("tags"),
                        join(BOOK_TAG, BOOK_TAG.TAG_ID, BOOK_TAG.BOOK_ID).lookup(TAG.NAME))
                .ignore("place");

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(builder::build)
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MAPPING);
                    assertThat(e)
                            .hasMessageContaining("book.title is the key, but no unique constraint")
                            .hasMessageContaining("book.place is mapped twice")
                            .hasMessageContaining("author.name identifies the row")
                            .hasMessageContaining("book.author_id is NOT NULL")
                            .hasMessageContaining("book_tag.tag_id has no foreign key of its own to book")
                            .hasMessageContaining("book.mongo_id is NOT NULL and has no default, but is not mapped")
                            .hasMessageContaining("place is both mapped and ignored");
                });
    }

    @Test
    void aMappingNeedsAKey() {
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> CollectionMapping.of("employees", EMPLOYEE).build())
                .withMessageContaining("no key is mapped");
    }

    @Test
    void aColumnThatPostgresComputesIsNotDemandedAndTakesNoValue() {
        CollectionMapping.of("members", MEMBER).key(MEMBER.badge, string("_id")).build();
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> CollectionMapping.of("members", MEMBER)
                        .key(MEMBER.badge, string("_id"))
                        .map(MEMBER.sortKey, string("name"))
                        .map(MEMBER.nameLength, int32("length"))
                        .build())
                .withMessageContaining("member.sort_key is computed by PostgreSQL")
                .withMessageContaining("member.name_length is computed by PostgreSQL");
    }

    @Test
    void aNullableReferenceWaitsAndANotNullOneRejects() {
        assertThat(Bookshop.EMPLOYEES.references().get(0).whenMissing()).isEqualTo(MissingReference.PENDING);
        assertThat(Bookshop.BOOKS.references().get(0).whenMissing()).isEqualTo(MissingReference.REJECT);
    }

    @Test
    void tablesAreLoadedInTheOrderOfTheirReferences() {
        assertThat(Docrows.pipeline("p", Bookshop.BOOKS, Bookshop.EMPLOYEES, Bookshop.AUTHORS)
                        .mappings())
                .extracting(CollectionMapping::collection)
                .containsExactly("employees", "authors", "books");
    }

    @Test
    void aCollectionCannotBeMappedTwice() {
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> Docrows.pipeline("p", Bookshop.BOOKS, Bookshop.BOOKS))
                .withMessageContaining("mapped twice");
    }
}
