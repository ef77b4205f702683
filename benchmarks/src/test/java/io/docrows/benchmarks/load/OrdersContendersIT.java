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
final class OrdersContendersIT extends ContendersContract {

    OrdersContendersIT() {
        super(Shape.ORDERS);
    }

    @Test
    void noticesASingleOtherValueTwoTablesBelow() throws Exception {
        try (TargetServer.Database database = server.fresh()) {
            load(Contender.COPY_INDEXED, database, data.original());
            Content before = database.content();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE item_discounts SET percent = percent + 0.01 WHERE (item_id, code) ="
                        + " (SELECT min(item_id), min(code) FROM item_discounts WHERE item_id ="
                        + " (SELECT min(item_id) FROM item_discounts))");
            }
            assertThat(database.content().tables().get("item_discounts"))
                    .isNotEqualTo(before.tables().get("item_discounts"));
            assertThat(database.content().tables().get("order_items"))
                    .isEqualTo(before.tables().get("order_items"));
        }
    }
}
