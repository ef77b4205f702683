package io.docrows.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.internal.postgres.TransientErrors;
import org.junit.jupiter.api.Test;

final class CopyInTest {

    @Test
    void aCopyOfWhichPostgreSqlStoredFewerRowsThanWereSentFails() {
        assertThatThrownBy(() -> CopyIn.requireAll("public.book", 3, 2))
                .hasMessage("PostgreSQL has taken 2 of 3 rows that were copied into public.book")
                .satisfies(e -> assertThat(TransientErrors.includes(e)).isTrue());
        assertThatCode(() -> CopyIn.requireAll("public.book", 3, 3)).doesNotThrowAnyException();
    }
}
