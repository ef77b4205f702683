package io.docrows.cli.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.docrows.cli.session.Secrets;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureTest {

    @ParameterizedTest
    @CsvSource({
        "INVALID_MAPPING,2",
        "INVALID_OPTION,2",
        "SOURCE_UNAVAILABLE,3",
        "SOURCE_COLLECTION_MISSING,3",
        "SOURCE_CORRUPT,3",
        "SOURCE_FAILED,3",
        "TARGET_UNAVAILABLE,4",
        "TARGET_SCHEMA_MISMATCH,4",
        "TARGET_FAILED,4",
        "PIPELINE_LOCKED,4",
        "TOO_MANY_REJECTS,5",
        "TOO_MANY_DELETES,5",
        "INTERNAL,70"
    })
    void tellsSidesApart(ErrorCode code, int exitCode) {
        Failure failure = Failure.of(new DocrowsException(code, "one\n  two"), new Secrets());
        assertThat(failure.exitCode()).isEqualTo(exitCode);
        assertThat(failure.code()).isEqualTo(code.name());
        assertThat(failure.message()).isEqualTo("one\\u000a  two");
    }

    @Test
    void masksTheWordsOfOthersAndNoneOfItsOwn() {
        Secrets secrets = new Secrets();
        secrets.add("users");
        SQLException driver = new SQLException("FATAL: no entry for users\n  Where: users");
        Failure failure = Failure.of(
                new DocrowsException(
                        ErrorCode.TARGET_FAILED, "loading users failed: FATAL: no entry for users; see users", driver),
                secrets);
        assertThat(failure.message()).isEqualTo("loading users failed: FATAL: no entry for ***; see users");
    }

    @Test
    void owesUpToDefects() {
        Failure failure = Failure.of(new IllegalStateException("odd"), new Secrets());
        assertThat(failure.exitCode()).isEqualTo(70);
        assertThat(failure.message())
                .startsWith("java.lang.IllegalStateException at io.docrows.cli.exit.FailureTest.owesUpToDefects(")
                .contains("--log-level debug");
        assertThat(Failure.of(new StackOverflowError(), new Secrets()).exitCode())
                .isEqualTo(70);
    }

    @Test
    void doesNotRepeatTheWordsOfWhatNobodyForesaw() {
        NumberFormatException thrown = assertThrows(NumberFormatException.class, () -> Integer.parseInt("4111-1111"));
        assertThat(Failure.of(thrown, new Secrets()).message())
                .startsWith("java.lang.NumberFormatException at io.docrows.cli.exit.FailureTest.")
                .doesNotContain("4111");
        thrown.setStackTrace(new StackTraceElement[0]);
        assertThat(Failure.of(thrown, new Secrets()).message()).startsWith("java.lang.NumberFormatException; this is");
    }

    @Test
    void saysWhatToDoWhenMemoryDoesNotSuffice() {
        Failure failure =
                Failure.of(new IllegalStateException("driver", new OutOfMemoryError("Java heap space")), new Secrets());
        assertThat(failure.exitCode()).isEqualTo(70);
        assertThat(failure.code()).isEqualTo("INTERNAL");
        assertThat(failure.message()).contains("out of memory", "-Xmx").doesNotContain("defect");
    }

    @Test
    void cutsWhatOthersSayWithoutEnd() {
        assertThat(Failure.of(new IllegalStateException("x".repeat(100_000)), new Secrets())
                        .message())
                .hasSizeLessThan(1_000);
    }
}
