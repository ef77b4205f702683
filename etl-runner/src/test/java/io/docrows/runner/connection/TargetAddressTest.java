package io.docrows.runner.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.runner.connection.ServerAddress.Host;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetAddressTest {

    private static final Path HERE = Path.of("/here");

    private static ServerAddress server(String text) {
        return (ServerAddress) TargetAddress.parse(text, HERE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://ann:s%40%2Fcret@db.example:6432/market%20place?sslmode=require",
                "postgresql://ann:s@%2Fcret@db.example:6432/market%20place?sslmode=require",
                "postgresql://db.example:6432/market%20place?sslmode=require&user=ann&password=s%40%2Fcret",
                "jdbc:postgresql://db.example:6432/market%20place?user=ann&password=s%40%2Fcret&sslmode=require"
            })
    void readsEveryFormOfTheSameAddress(String text) {
        ServerAddress address = server(text);
        assertThat(address.hosts()).containsExactly(new Host("db.example", 6432));
        assertThat(address.user()).contains("ann");
        assertThat(address.password()).contains("s@/cret");
        assertThat(address.database()).contains("market place");
        assertThat(address.parameters()).containsOnly(java.util.Map.entry("sslmode", "require"));
    }

    @Test
    void readsIpv6AndSeveralHosts() {
        assertThat(server("postgresql://[::1]:6432,[fe80::2],b/x").hosts())
                .containsExactly(new Host("::1", 6432), new Host("fe80::2", 5432), new Host("b", 5432));
        assertThat(server("postgresql://[::1]/x").location()).isEqualTo("[::1]:5432");
    }

    @Test
    void fillsInWhatIsLeftOut() {
        ServerAddress address = server("postgresql://");
        assertThat(address.hosts()).containsExactly(new Host("localhost", 5432));
        assertThat(address.effectiveUser()).isEqualTo(System.getProperty("user.name"));
        assertThat(address.effectiveDatabase()).isEqualTo(System.getProperty("user.name"));
        assertThat(server("jdbc:postgresql:market").database()).contains("market");
        assertThat(server("postgresql://ann@h:/").effectiveDatabase()).isEqualTo("ann");
    }

    @Test
    void takesPlusAsTheFormDoes() {
        assertThat(server("postgresql://ann:a+b@h/x").password()).contains("a+b");
        assertThat(server("jdbc:postgresql://h/x?password=a+b").password()).contains("a b");
    }

    @Test
    void understandsTheNamesOfLibpq() {
        assertThat(server("postgresql://h/x?application_name=nightly&connect_timeout=3&target_session_attrs=read-write")
                        .parameters())
                .containsEntry("ApplicationName", "nightly")
                .containsEntry("connectTimeout", "3")
                .containsEntry("targetServerType", "primary");
    }

    @Test
    void takesAPasswordFromElsewhereOnlyWhenItHasNone() {
        assertThat(server("postgresql://a@h/x").orPassword(Optional.of("other")).password())
                .contains("other");
        assertThat(server("postgresql://a:own@h/x")
                        .orPassword(Optional.of("other"))
                        .password())
                .contains("own");
    }

    @Test
    void showsNoPassword() {
        ServerAddress address = server("postgresql://ann:sEcret@h/x?sslpassword=sEcret");
        assertThat(address.toString() + address.description()).isEqualTo("postgresql://h:5432/xpostgresql://h:5432/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:sE/cret@h/x",
                "postgresql://ann:12/sEcret@h/x",
                "postgresql://ann:sE?cret@h/x",
                "postgresql://ann:sE#cret@h#x/x/x",
                "postgresql://ann:sE%cret@h/x",
                "postgresql://ann:sEcret@h:sEcret/x",
                "postgresql://ann:sEcret@h:99999/x",
                "postgresql://ann:sEcret@[::1/x",
                "postgresql://ann:sEcret@h h/x",
                "postgresql://ann:sEcret@%2Fvar%2Frun/x",
                "postgresql://ann:sEcret@h/x?sE%cret=1",
                "postgresql://ann:sEcret@h/x?sEcret-1=1",
                "postgresql://ann:sEcret@h/x?sslmode=sEcret",
                "postgresql://ann:sEcret@h/x?sEcret",
                "jdbc:postgresql://ann:sEcret@h/x",
                "mysql://ann:sEcret@h/x",
                "sEcret"
            })
    void refusesWhatItCannotReadWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> TargetAddress.parse(text, HERE))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageNotContainingAny("sE", "cret");
    }

    @Test
    void namesAParameterThatIsAPlainWord() {
        assertThatThrownBy(() -> server("postgresql://h/x?sslmod=require")).hasMessageContaining("\"sslmod\"");
        assertThatThrownBy(() -> server("postgresql://h/x?sslmode=maybe")).hasMessageContaining("verify-full");
    }

    @Test
    void findsTheDirectoryOfAnEmbeddedServer() {
        assertThat(TargetAddress.parse("embedded", HERE))
                .isEqualTo(new TargetAddress.Embedded(Path.of("/here/.etl/postgres")));
        assertThat(TargetAddress.parse(" embedded:data ", HERE))
                .isEqualTo(new TargetAddress.Embedded(Path.of("/here/data")));
        assertThat(TargetAddress.parse("embedded:/data", HERE).description()).isEqualTo("embedded PostgreSQL in /data");
    }
}
