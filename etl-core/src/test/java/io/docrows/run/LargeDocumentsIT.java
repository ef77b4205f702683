package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Documents as large as MongoDB allows, with 100,000 elements each. A heap of 256 MB is enough, that of the source
 * included, which holds all of them.
 */
@Tag("slow")
final class LargeDocumentsIT {

    private static final int ELEMENTS = 100_000;

    private static byte[] order(int id, String lastSku) {
        BsonArray items = new BsonArray();
        for (int i = 0; i < ELEMENTS; i++) {
            items.add(new BsonDocument("sku", new BsonString(i == ELEMENTS - 1 ? lastSku : "s" + i))
                    .append("unmapped", new BsonString("x".repeat(115))));
        }
        return Bson.bytes(new BsonDocument("_id", new BsonInt32(id)).append("items", items));
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void loadInLittleMemoryAndWriteNothingAgain(BulkLoad bulkLoad) {
        Database database = Bookshop.database();
        List<byte[]> orders = new ArrayList<>(List.of(order(1, "last"), order(2, "last"), order(3, "last")));
        assertThat(orders.get(0).length).isBetween(15_000_000, 16 << 20);

        assertThat(load(database, orders, bulkLoad)).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(database.rows("SELECT count(*) FROM order_item")).containsExactly("300000");

        List<String> before = database.rows("SELECT max(xmin::text::bigint) FROM order_item");
        assertThat(load(database, orders, BulkLoad.NEVER)).isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
        assertThat(database.rows("SELECT max(xmin::text::bigint) FROM order_item"))
                .isEqualTo(before);

        orders.set(1, order(2, "changed"));
        assertThat(load(database, orders, BulkLoad.NEVER)).isEqualTo(new Counts(3, 0, 1, 2, 0, 0));
        assertThat(database.rows("SELECT count(*) FROM order_item WHERE xmin::text::bigint > " + before.get(0)))
                .containsExactly("1");
    }

    private static Counts load(Database database, List<byte[]> orders, BulkLoad bulkLoad) {
        return Docrows.pipeline("large", Shop.ORDERS)
                .source(new MemorySource().withRaw("orders", orders))
                .target(database.target())
                .run(RunOptions.defaults().bulkLoad(bulkLoad))
                .collections()
                .get(0)
                .counts();
    }
}
