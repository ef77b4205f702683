package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.data.Content;
import io.docrows.benchmarks.data.Shape;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
final class GigsContendersIT extends ContendersContract {

    GigsContendersIT() {
        super(Shape.GIGS);
    }

    @Test
    void noticesASingleOtherValue() throws Exception {
        try (TargetServer.Database database = server.fresh()) {
            load(Contender.COPY_INDEXED, database, data.original());
            Content before = database.content();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE gigs SET budget = budget + 0.01 WHERE id = (SELECT min(id) FROM gigs WHERE"
                        + " budget IS NOT NULL)");
            }
            assertThat(database.content().tables().get("gigs"))
                    .isNotEqualTo(before.tables().get("gigs"));
            assertThat(database.content().tables().get("users"))
                    .isEqualTo(before.tables().get("users"));
        }
    }
}
