package io.docrows.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.mapping.RejectedDocument;
import io.docrows.run.RejectFilter;
import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import io.docrows.source.ReadRequest;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.bson.BsonInt32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract, on documents that were rejected. They are read whole, so that nothing can be asked for by its id. */
@Tag("long")
final class RejectSourceContractIT extends DocumentSourceContract {

    private static final String PIPELINE = "mixed up";
    private static final Database DATABASE = Bookshop.database();

    @BeforeAll
    static void reject() throws SQLException {
        BookkeepingSchema.migrate(DATABASE.target());
        try (Connection connection = DATABASE.target().getConnection()) {
            long run = new RunStore(connection, PIPELINE, UUID.randomUUID()).begin("test", true);
            List<byte[]> mixed = MixedDocuments.shuffled();
            new RejectStore(PIPELINE, "mixed", run).add(connection, rejected(mixed));
            new RejectStore(PIPELINE, "other", run).add(connection, rejected(mixed.subList(0, 3)));
            new RejectStore("another pipeline", "mixed", run).add(connection, rejected(mixed.subList(0, 3)));
        }
    }

    private static List<RejectedDocument<?>> rejected(List<byte[]> documents) {
        return documents.stream()
                .<RejectedDocument<?>>map(document ->
                        new RejectedDocument<>(document, RejectCode.INVALID_VALUE, null, null, null, null, "a test"))
                .toList();
    }

    @Override
    protected DocumentSource open() {
        return new RejectSource(DATABASE.target(), PIPELINE, RejectFilter.ALL);
    }

    @Test
    @Override
    protected void findsIdsAsMongoDbComparesThem() {
        idsAreRefused();
    }

    @Test
    @Override
    protected void goesOnAmongIds() {
        idsAreRefused();
    }

    private void idsAreRefused() {
        try (DocumentSource source = open()) {
            assertThatExceptionOfType(DocrowsException.class)
                    .isThrownBy(() -> source.partitions("mixed", new ReadRequest(List.of(new BsonInt32(1)), 1)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
        }
    }

    /** That nothing was rejected is no mistake. */
    @Test
    @Override
    protected void saysWhichCollectionsThereAreWhenOneIsMissing() {
        try (DocumentSource source = open()) {
            assertThat(source.estimatedCount("mixd")).hasValue(0);
        }
    }
}
