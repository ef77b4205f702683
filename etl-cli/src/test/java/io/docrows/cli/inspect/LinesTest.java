package io.docrows.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of a terminal fit it. */
final class LinesTest {

    @ParameterizedTest
    @ValueSource(ints = {65, 72, 80, 90, 120, 140})
    void noLineIsWiderThanTheTerminal(int width) {
        Lines lines = new Lines(width, new int[] {28, 7, 26}, "path", "present", "types", "measured");
        lines.row(
                "a_name_that_is_longer_than_the_column_for_names",
                "100%",
                "whole number as text 99.8%, int32 0.3%",
                "1 to 2 characters, 2 digits before and 2 after the point, about 16 different");
        lines.row("_id", "100%", "ObjectId", "unique");

        assertThat(lines.format().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }
}
