package io.docrows.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SourceAddressTest {

    private static final Path HERE = Path.of("/here");

    private static SourceAddress parse(String text) {
        return SourceAddress.parse(text, HERE, Optional.empty());
    }

    @Test
    void tellsServersFromPaths() {
        assertThat(parse("mongodb://h/x")).isEqualTo(new SourceAddress.Mongo("mongodb://h/x"));
        assertThat(parse("mongodb+srv://h/x")).isInstanceOf(SourceAddress.Mongo.class);
        assertThat(parse("embedded")).isEqualTo(new SourceAddress.Samples());
        assertThat(Stream.of("mongodb+srv://h/x", "mongodb://h/x?tls=true", "mongodb://h/x?a=b&SSL=true&c=d")
                        .map(uri -> new SourceAddress.Mongo(uri)))
                .allMatch(SourceAddress.Mongo::usesTls);
        assertThat(Stream.of("mongodb://h/x", "mongodb://h/x?tls=false", "mongodb://tls=true@h/x")
                        .map(uri -> new SourceAddress.Mongo(uri)))
                .noneMatch(SourceAddress.Mongo::usesTls);
        assertThat(parse("dump/market"))
                .isEqualTo(new SourceAddress.Dump(Path.of("/here/dump/market"), Optional.empty()));
        assertThat(parse("dump:embedded"))
                .isEqualTo(new SourceAddress.Dump(Path.of("/here/embedded"), Optional.empty()));
        assertThat(SourceAddress.parse("dump:/a.archive", HERE, Optional.of("market")))
                .isEqualTo(new SourceAddress.Dump(Path.of("/a.archive"), Optional.of("market")));
    }

    @Test
    void aDashIsStandardInput() {
        assertThat(parse("-")).isEqualTo(new SourceAddress.StandardInput(Optional.empty()));
        assertThat(parse(" dump:- ")).isEqualTo(parse("-"));
        assertThat(parse("./-")).isEqualTo(new SourceAddress.Dump(Path.of("/here/./-"), Optional.empty()));
        assertThat(SourceAddress.parse("-", HERE, Optional.of("market")))
                .isEqualTo(new SourceAddress.StandardInput(Optional.of("market")));
    }

    @Test
    void knowsItsSecret() {
        assertThat(parse("mongodb://ann:s@cret@h/x").secret()).contains("s@cret");
        assertThat(parse("mongodb://h/x").secret()).isEmpty();
        assertThat(parse("mongodb://ann:sEcret@h/x").toString()).doesNotContain("sEcret");
    }

    @Test
    void takesAPasswordFromElsewhere() {
        assertThat(((SourceAddress.Mongo) parse("mongodb://ann@h/x?a=b")).withPassword("p@ss/ word+"))
                .isEqualTo(parse("mongodb://ann:p%40ss%2F%20word%2B@h/x?a=b"));
        assertThat(((SourceAddress.Mongo) parse("mongodb+srv://ann:old@h/x")).withPassword("new"))
                .isEqualTo(parse("mongodb+srv://ann:new@h/x"));
        assertThatThrownBy(() -> ((SourceAddress.Mongo) parse("mongodb://h/x")).withPassword("sEcret"))
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("names no user")
                .hasMessageNotContaining("sEcret");
    }

    @Test
    void refusesOtherSchemesWithoutRepeatingThem() {
        assertThatThrownBy(() -> parse("http://ann:sEcret@h/x"))
                .isInstanceOf(DocrowsException.class)
                .hasMessageNotContaining("sEcret")
                .hasMessageContaining("mongodb://");
    }

    @Test
    void refusesADatabaseWhereTheUriNamesIt() {
        assertThatThrownBy(() -> SourceAddress.parse("mongodb://h/x", HERE, Optional.of("y")))
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("--database");
    }
}
