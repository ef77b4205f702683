package io.docrows.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SecretsTest {

    private final Secrets secrets = new Secrets();

    @Test
    void masksWhatItKnows() {
        secrets.add("abc");
        secrets.add("abcdef");
        secrets.add(" ");
        assertThat(secrets.mask("abcdef or abc")).isEqualTo("*** or ***");
    }

    @Test
    void masksWhereSecretsStandInAddresses() {
        assertThat(secrets.mask("Unknown options: '--traget', 'postgres://u:p@ss@h/d'"))
                .isEqualTo("Unknown options: '--traget', 'postgres://***@h/d'");
        assertThat(secrets.mask("jdbc:postgresql://h/d?password=abc&user=u"))
                .isEqualTo("jdbc:postgresql://h/d?password=***&user=u");
    }

    @Test
    void leavesExamplesReadable() {
        assertThat(secrets.mask("write postgresql://USER:PASSWORD@HOST or mongodb://user:password@host"))
                .isEqualTo("write postgresql://USER:PASSWORD@HOST or mongodb://user:password@host");
    }
}
