package io.docrows.scaffold.internal.choose;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.scaffold.testing.Built;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NamesIT {

    @Test
    void knowsEveryWordThatPostgresqlReserves() throws Exception {
        List<String> reserved =
                Built.server("SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T') ORDER BY 1");

        assertThat(Names.RESERVED).containsAll(reserved);
    }
}
