package io.docrows.internal.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.internal.write.CopyIn;
import io.docrows.testing.Bookshop;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;

final class NumericCodecIT {

    private static final NumericCodec<BigDecimal> NUMERIC =
            new NumericCodec<>(BigDecimal.class, ColumnLimits.of(SQLDataType.NUMERIC), Function.identity());

    @Test
    void numbersOfAllSizesArriveWithTheirScale() throws Exception {
        List<BigDecimal> numbers = new ArrayList<>(Stream.of(
                        "0",
                        "0.00",
                        "1",
                        "-1",
                        "0.5",
                        "0.0001",
                        "0.00001",
                        "9999",
                        "10000",
                        "10001",
                        "-99999999.9999",
                        "100000000",
                        "1E+3",
                        "1E+20",
                        "-123E+100",
                        "1E-16383",
                        "999999999999999",
                        "9999999999999999",
                        "99999999999999999",
                        "999999999999999999",
                        "9999999999999999999",
                        "0.999999999999999999",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "1E+131071",
                        "123456789012345678.9")
                .map(BigDecimal::new)
                .toList());
        Random random = new Random(5);
        for (int i = 0; i < 3000; i++) {
            numbers.add(new BigDecimal(new BigInteger(random.nextInt(150), random), random.nextInt(40) - 10)
                    .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1)));
        }
        assertThat(stored(numbers).stream().map(BigDecimal::new))
                .containsExactlyElementsOf(numbers.stream()
                        .map(number -> number.scale() < 0 ? number.setScale(0) : number)
                        .toList());
    }

    /** PostgreSQL cuts what is beyond the decimal places that it is told, without an error. */
    @Test
    void noDigitIsBeyondTheDecimalPlacesThatAreSent() throws Exception {
        List<BigDecimal> numbers = new ArrayList<>();
        for (int scale = 0; scale <= 60; scale++) {
            for (String digits : List.of("1", "-9", "10", "12345", "9".repeat(18), "123456789".repeat(9))) {
                numbers.add(new BigDecimal(new BigInteger(digits), scale));
                numbers.add(new BigDecimal(new BigInteger(digits), -scale));
            }
        }
        numbers.add(new BigDecimal("9".repeat(400) + "E-16383"));

        assertThat(stored(numbers))
                .containsExactlyElementsOf(
                        numbers.stream().map(BigDecimal::toPlainString).toList());
        assertThat(stored(List.of(new BigDecimal("1E+2"), new BigDecimal("1.10"), new BigDecimal("-0.0010"))))
                .containsExactly("100", "1.10", "-0.0010");
    }

    private static List<String> stored(List<BigDecimal> numbers) throws SQLException {
        List<String> read = new ArrayList<>();
        try (Connection connection = Bookshop.database().target().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE numbers (ord int, value numeric)");
            CopyIn.copy(connection, "pg_temp.numbers", "ord, value", writer -> {
                for (int ord = 0; ord < numbers.size(); ord++) {
                    writer.startRow(2);
                    writer.writeInt(ord);
                    writer.write(NUMERIC, numbers.get(ord));
                }
            });
            try (ResultSet rows = statement.executeQuery("SELECT value::text FROM numbers ORDER BY ord")) {
                while (rows.next()) {
                    read.add(rows.getString(1));
                }
            }
        }
        return read;
    }
}
