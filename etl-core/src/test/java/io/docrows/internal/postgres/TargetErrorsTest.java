package io.docrows.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.DocrowsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Which of PostgreSQL's words are repeated. The fields are those of its protocol (Error and Notice Message Fields). */
final class TargetErrorsTest {

    private static DocrowsException told(String state, String words, String file, String where) {
        String fields = "SERROR\0VERROR\0C" + state + "\0M" + words + "\0F" + file + "\0"
                + (where.isEmpty() ? "" : "W" + where + "\0");
        return TargetErrors.translate(new PSQLException(new ServerErrorMessage(fields)), "while loading books");
    }

    @ParameterizedTest
    @CsvSource({
        "53100, could not extend file \"base/5/16384\": No space left on device, md.c",
        "53200, out of shared memory, lock.c",
        "53300, 'sorry, too many clients already', proc.c",
        "54000, index row size 2720 exceeds btree version 4 maximum 2704 for index \"book_isbn_key\", nbtutils.c",
        "57014, canceling statement due to statement timeout, postgres.c",
        "57P03, the database system is starting up, postmaster.c",
        "58030, could not write to file \"pg_wal/1\": Input/output error, xlog.c",
        "55P03, canceling statement due to lock timeout, postgres.c"
    })
    void repeatsWhatIsSaidOfTheServerAlsoWithinACopy(String state, String words, String file) {
        for (String where : new String[] {"", "COPY stage, line 7, column title: \"a value\""}) {
            DocrowsException told = told(state, words, file, where);

            assertThat(told).message().contains(words).contains(state).doesNotContain("a value");
            assertThat(told.getCause()).message().doesNotContain("a value");
        }
    }

    /** Also where the server speaks another language. */
    @ParameterizedTest
    @CsvSource({
        "57014, storniere Anfrage wegen Zeitüberschreitung der Anfrage, statement_timeout",
        "55P03, storniere Anfrage wegen Zeitüberschreitung einer Sperre, lock_timeout",
        "25P03, terminating connection due to idle-in-transaction timeout, idle_in_transaction_session_timeout",
        "25P04, terminating connection due to transaction timeout, transaction_timeout",
        "57P05, terminating connection due to idle-session timeout, idle_session_timeout"
    })
    void namesTheSettingOfATimeOut(String state, String words, String setting) {
        assertThat(told(state, words, "postgres.c", ""))
                .message()
                .contains("SET " + setting + " = 0")
                .contains("while loading books");
    }

    /** The server's words tell, and nobody knows them in every language. */
    @Test
    void aStatementThatSomebodyCancelledIsToldAsPossiblyThatWhereTheServerSpeaksAnotherLanguage() {
        assertThat(told("57014", "storniere Anfrage wegen Benutzeraufforderung", "postgres.c", ""))
                .message()
                .contains("somebody cancelled it")
                .doesNotContain("A time-out of the target's ended");
    }

    @Test
    void repeatsNothingThatMayBeAboutARow() {
        assertThat(told("22P02", "invalid input syntax: \"a value\"", "numutils.c", ""))
                .message()
                .doesNotContain("a value");
        // A trigger may say what it likes, with any SQLSTATE.
        assertThat(told("53100", "no room for a value", "pl_exec.c", "PL/pgSQL function full() line 3 at RAISE"))
                .message()
                .doesNotContain("a value");
    }
}
