package io.docrows.gigs.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectCode;
import io.docrows.gigs.GigsPipeline;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.RejectedDocument;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DirtySampleTest {

    /** What is found by comparing documents with each other, or by PostgreSQL. */
    private static final Set<RejectCode> BEYOND_ONE_DOCUMENT = EnumSet.of(RejectCode.DUPLICATE_VALUE);

    /** What the pipeline's mappings and tables leave no room for. */
    private static final Set<RejectCode> IMPOSSIBLE = EnumSet.of(
            RejectCode.TOO_LONG,
            RejectCode.DUPLICATE_KEY,
            RejectCode.DUPLICATE_ELEMENT,
            RejectCode.UNMAPPED_FIELD,
            RejectCode.MISSING_REFERENCE,
            RejectCode.CONSTRAINT_VIOLATION,
            RejectCode.REFUSED_BY_TARGET);

    static Stream<Arguments> documents() {
        return Stream.concat(
                arguments(GigsPipeline.users(), DirtyUsers.all()), arguments(GigsPipeline.gigs(), DirtyGigs.all()));
    }

    private static Stream<Arguments> arguments(CollectionMapping<?> mapping, List<DirtyDocument> documents) {
        return documents.stream().map(each -> Arguments.of(mapping.collection() + ": " + each.about(), mapping, each));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void theDocumentIsRejectedForTheReasonGiven(String about, CollectionMapping<?> mapping, DirtyDocument document) {
        Decoded<?> decoded = mapping.decode(document.bson());

        if (document.code() == null || BEYOND_ONE_DOCUMENT.contains(document.code())) {
            assertThat(decoded).as(about).isNotInstanceOf(RejectedDocument.class);
        } else {
            assertThat(decoded)
                    .as(about)
                    .isInstanceOfSatisfying(
                            RejectedDocument.class,
                            rejected -> assertThat(rejected.code()).isEqualTo(document.code()));
        }
    }

    @Test
    void everyRuleThatCanRejectDoes() {
        Set<RejectCode> found = Stream.concat(DirtyUsers.all().stream(), DirtyGigs.all().stream())
                .map(DirtyDocument::code)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RejectCode.class)));

        assertThat(found).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(IMPOSSIBLE)));
    }
}
