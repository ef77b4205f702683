package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.int64;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.OrderRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A parted table whose names are keywords, hold quotes and blanks, or differ by case only, with an enum of another
 * schema, an identity that takes no values, and a column that PostgreSQL computes.
 */
final class OddTablesIT {

    private final Database database = Bookshop.database();

    private static CollectionMapping.Builder<OrderRecord> orders() {
        return CollectionMapping.of("orders", ORDER)
                .key(ORDER.SELECT, id("_id"))
                .map(ORDER.VALUE, int32("value"))
                .map(ORDER.VALUE_, int32("Value"))
                .map(ORDER.USER, string("user"))
                .map(ORDER.END_OF_22IT, string("end of\"it"));
    }

    private ConnectedPipeline pipeline(String... documents) {
        return Docrows.pipeline("odd", orders().build())
                .source(new MemorySource().with("orders", documents))
                .target(database.target());
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "AUTO", "NEVER"})
    void isLoadedComparedAndEmptiedAsAnyOther(BulkLoad bulkLoad) {
        RunOptions options = RunOptions.defaults()
                .bulkLoad(bulkLoad)
                .deletes(DeleteMode.DELETE)
                .maxDeletes(DeleteLimit.of("100%"));
        String[] documents = {
            "{_id: 'a', value: 1, Value: 2, user: 'so so', 'end of\"it': '::1'}",
            "{_id: 'b', value: 3}",
            "{_id: 'c', user: 'angry'}",
            "{_id: 'd', 'end of\"it': 'x'}"
        };
        assertThat(pipeline(documents).plan(PlanOptions.defaults()).total()).isEqualTo(new Counts(4, 2, 0, 0, 2, 0));
        assertThat(pipeline(documents).run(options).total()).isEqualTo(new Counts(4, 2, 0, 0, 2, 0));
        assertThat(database.rows(
                        "SELECT \"select\", \"Value\", value_, \"user\", \"end of\"\"it\", doubled, \"group\" > 0 FROM \"Order\""
                                + " ORDER BY 1"))
                .containsExactly("a|1|2|so so|::1|2|t", "b|3|-|-|-|6|t");
        assertThat(database.rows("SELECT document_key, path, column_name FROM docrows.reject ORDER BY 1"))
                .containsExactly("c|user|public.Order.user", "d|end of\"it|public.Order.end of\"it");
        assertThat(pipeline(documents).verify(VerifyOptions.defaults()).isAccountedFor())
                .isTrue();
        assertThat(pipeline(documents).run(options).total()).isEqualTo(new Counts(4, 0, 0, 2, 2, 0));
        documents[0] = "{_id: 'a', value: 5}";
        documents[1] = "{_id: 'e'}";
        assertThat(pipeline(documents).run(options).total()).isEqualTo(new Counts(4, 1, 1, 0, 2, 0));
        assertThat(database.rows("SELECT \"select\", \"Value\", doubled FROM \"Order\" ORDER BY 1"))
                .containsExactly("a|5|10", "e|-|0");
    }

    @Test
    void whatPostgresFillsItselfIsNotMapped() {
        assertThatThrownBy(() -> orders().map(ORDER.DOUBLED, int32("doubled")).build())
                .hasMessageContaining("Order.doubled is computed by PostgreSQL");
        assertThatThrownBy(() -> Docrows.pipeline(
                                "odd", orders().map(ORDER.GROUP, int64("group")).build())
                        .source(new MemorySource().with("orders", "{_id: 'a'}"))
                        .target(database.target())
                        .run(RunOptions.defaults()))
                .hasMessageContaining("Order.group is GENERATED ALWAYS AS IDENTITY");
    }
}
