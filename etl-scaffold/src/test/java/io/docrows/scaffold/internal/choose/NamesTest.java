package io.docrows.scaffold.internal.choose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "orderItems, order_items",
        "HTTPServerURL, http_server_url",
        "a.b, a_b",
        "$set, set",
        "1st, n1st",
        "größe, größe",
        "__v, v",
        "fs.files, fs_files",
        "'', field",
        "😀, field"
    })
    void namesAreWordsWithUnderscores(String field, String expected) {
        assertThat(Names.sql(List.of(field))).isEqualTo(expected);
    }

    @Test
    void everyNameIsTakenOnceAlsoAsJavaWritesIt() {
        Names names = Names.ofColumns("orders");

        assertThat(List.of(names.take("a"), names.take("a"), names.take("orders"), names.take("order")))
                .containsExactly("a", "a_2", "orders_2", "order_");
        assertThat(names.take("xmin")).isEqualTo("xmin_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ユーザー", "人々", "ชื่อๆ", "مـحمد", "数据", "größe", "ℂ", "ǅ", "İx", "٣a", "Σς"})
    void everyNameThatIsProposedMayBeChosen(String field) {
        String proposed = Names.ofColumns("orders").take(Names.sql(List.of(field)));

        assertThat(Names.ofColumns("orders").takes(proposed)).as(proposed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Größe", "a b", "1st", "a-b", "order", "😀"})
    void namesThatNeedQuotesMayNot(String name) {
        assertThat(Names.ofColumns("orders").takes(name)).isFalse();
    }

    @Test
    void tablesHaveTheNamesOfTheirCollectionsUnlessFlywayTakesThem() {
        Names names = Names.ofTables();

        assertThat(List.of(names.take("string"), names.take("record"), names.take("flyway_schema_history")))
                .containsExactly("string", "record", "flyway_schema_history_");
    }

    @Test
    void longNamesStayApartAndShort() {
        String begin = "ä".repeat(50);
        String one = Names.sql(List.of(begin + "1"));
        String other = Names.sql(List.of(begin + "2"));

        assertThat(one).isNotEqualTo(other);
        assertThat(one.getBytes(UTF_8).length).isLessThanOrEqualTo(63);
    }
}
