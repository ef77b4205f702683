package io.docrows.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.cli.connection.ServerAddress.Host;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @TempDir
    Path directory;

    private ServerAddress around(String text, String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        environment.putIfAbsent("HOME", directory.toString());
        environment.putIfAbsent("PGSYSCONFDIR", directory.resolve("none").toString());
        return (ServerAddress)
                TargetAddress.parse(text, HERE, Surroundings.of(name -> Optional.ofNullable(environment.get(name))));
    }

    private Path services(String name) throws IOException {
        return Files.writeString(directory.resolve(name), """
                # services of this test
                [market]
                host=db.example
                port=6433
                  dbname=shop
                user=seller
                password=sEcret
                sslmode=require
                connect_timeout=3

                [other]
                host=elsewhere
                [market]
                port=1
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://", "postgresql:///", "jdbc:postgresql:", "jdbc:postgresql://"})
    void whatTheAddressLeavesOutComesFromTheEnvironment(String text) {
        ServerAddress address = around(
                text,
                "PGHOST",
                "db.example",
                "PGPORT",
                "6432",
                "PGDATABASE",
                "shop",
                "PGUSER",
                "seller",
                "PGSSLMODE",
                "verify-full",
                "PGSSLROOTCERT",
                "/ca.crt",
                "PGCHANNELBINDING",
                "require",
                "PGREQUIREAUTH",
                "scram-sha-256",
                "PGLOADBALANCEHOSTS",
                "random",
                "PGTARGETSESSIONATTRS",
                "read-write");
        assertThat(address.hosts()).containsExactly(new Host("db.example", 6432));
        assertThat(address.effectiveDatabase()).isEqualTo("shop");
        assertThat(address.effectiveUser()).isEqualTo("seller");
        assertThat(address.parameters())
                .containsOnly(
                        Map.entry("sslmode", "verify-full"),
                        Map.entry("sslrootcert", "/ca.crt"),
                        Map.entry("channelBinding", "require"),
                        Map.entry("requireAuth", "scram-sha-256"),
                        Map.entry("loadBalanceHosts", "true"),
                        Map.entry("targetServerType", "primary"));
    }

    @Test
    void whatTheAddressSaysGoesBeforeTheEnvironment() {
        ServerAddress address = around(
                "postgresql://ann@h:1/x?sslmode=disable",
                "PGHOST",
                "db.example",
                "PGPORT",
                "6432",
                "PGDATABASE",
                "shop",
                "PGUSER",
                "seller",
                "PGSSLMODE",
                "require");
        assertThat(address.hosts()).containsExactly(new Host("h", 1));
        assertThat(address.effectiveDatabase() + address.effectiveUser()).isEqualTo("xann");
        assertThat(address.parameters()).containsOnly(Map.entry("sslmode", "disable"));
        assertThat(around("postgresql://h/x", "PGPORT", "6432").hosts()).containsExactly(new Host("h", 6432));
        assertThat(around("postgresql://a,b:2/x", "PGPORT", "6432").hosts())
                .containsExactly(new Host("a", 5432), new Host("b", 2));
        assertThat(around("postgresql:///x", "PGHOST", "a,b", "PGPORT", "1,2").hosts())
                .containsExactly(new Host("a", 1), new Host("b", 2));
        assertThat(around("postgresql:///?host=a&port=3&dbname=d&user=u").description())
                .isEqualTo("postgresql://a:3/d");
    }

    @Test
    void aServiceGoesBeforeTheEnvironmentAndAfterTheAddress() throws IOException {
        String file = services("services.conf").toString();
        for (String text : new String[] {"postgresql:///?service=market", "jdbc:postgresql:?service=market"}) {
            ServerAddress address =
                    around(text, "PGSERVICEFILE", file, "PGHOST", "no", "PGDATABASE", "no", "PGUSER", "no");
            assertThat(address.hosts()).containsExactly(new Host("db.example", 6433));
            assertThat(address.effectiveDatabase()).isEqualTo("shop");
            assertThat(address.effectiveUser()).isEqualTo("seller");
            assertThat(address.secrets()).containsExactly("sEcret");
            assertThat(address.parameters())
                    .containsOnly(Map.entry("sslmode", "require"), Map.entry("connectTimeout", "3"));
        }
        assertThat(around("postgresql://h/x?service=market", "PGSERVICEFILE", file)
                        .description())
                .isEqualTo("postgresql://h:6433/x");
        assertThat(around("postgresql://", "PGSERVICE", "other", "PGSERVICEFILE", file)
                        .location())
                .isEqualTo("elsewhere:5432");
        services(".pg_service.conf");
        assertThat(around("postgresql://", "PGSERVICE", "market").location()).isEqualTo("db.example:6433");
    }

    @Test
    void aServiceThatIsOfNoUseIsSaidSo() throws IOException {
        Path file = services("services.conf");
        assertThatThrownBy(() -> around("postgresql:///?service=missing", "PGSERVICEFILE", file.toString()))
                .hasMessageContainingAll("service is defined neither in", file.toString(), "PGSERVICEFILE");
        assertThatThrownBy(() -> around("postgresql:///?service=market"))
                .hasMessageContainingAll("neither in", ".pg_service.conf");
        Files.writeString(file, "[market]\nsEcret\n");
        assertThatThrownBy(() -> around("postgresql:///?service=market", "PGSERVICEFILE", file.toString()))
                .hasMessageContaining(file + ":2")
                .hasMessageNotContaining("sEcret");
        Files.writeString(file, "[market]\nhostaddr=1.2.3.4\n");
        assertThatThrownBy(() -> around("postgresql:///?service=market", "PGSERVICEFILE", file.toString()))
                .hasMessageContainingAll("the target's service", "\"hostaddr\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGHOSTADDR", "PGSSLCRL", "PGREQUIREPEER", "PGSSLMINPROTOCOLVERSION"})
    void whatTheDriverHasNothingForIsRefusedByName(String variable) {
        assertThatThrownBy(() -> around("postgresql://h/x", variable, "sEcret"))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining(variable)
                .hasMessageNotContaining("sEcret");
    }

    @Test
    void aVariableOfNoMeaningIsRefusedByName() {
        assertThatThrownBy(() -> around("postgresql://h/x", "PGSSLMODE", "maybe"))
                .hasMessageContainingAll("PGSSLMODE", "verify-full");
        assertThatThrownBy(() -> around("postgresql:///x", "PGHOST", "/var/run/postgresql"))
                .hasMessageContainingAll("PGHOST", "Unix socket");
    }
}
