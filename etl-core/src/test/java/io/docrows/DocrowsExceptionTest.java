package io.docrows;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import org.junit.jupiter.api.Test;

final class DocrowsExceptionTest {

    @Test
    void aNameInTheMessageCannotActOnATerminal() {
        DocrowsException e = new DocrowsException(ErrorCode.SOURCE_FAILED, "no \"\u001b[2J\r\u202E\u200B\"\nand two");
        assertThat(e).hasMessage("no \"\\u001b[2J\\u000d\\u202e\\u200b\"\\u000aand two");
    }
}
