package io.docrows.source.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.source.internal.CollectionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata is read for what it can tell; what is odd about it is unknown, and no defect. */
final class CollectionMetadataTest {

    @Test
    void asMongodumpWritesIt() {
        String json =
                "{\"options\":{\"validator\":{\"$expr\":{\"$eq\":[\"}\",\"\\\"\"]}},\"viewOn\":\"a\"},\"indexes\":"
                        + "[{\"v\":{\"$numberInt\":\"2\"},\"key\":{\"_id\":{\"$numberInt\":\"1\"}}}],\"uuid\":\"0a\","
                        + "\"collectionName\":\"caf\\u00e9 \\\"x\\\"\",\"type\":\"view\"}";
        CollectionMetadata view = CollectionMetadata.of(json);
        assertThat(view.kind()).isEqualTo(CollectionKind.VIEW);
        assertThat(view.definition()).isTrue();
        assertThat(view.name()).isEqualTo("café \"x\"");
        assertThat(CollectionMetadata.of(" { \"type\" : \"timeseries\" } ").kind())
                .isEqualTo(CollectionKind.TIME_SERIES);
        assertThat(CollectionMetadata.of("{\"options\":{\"a\":1,\"timeseries\":{}}}")
                        .kind())
                .isEqualTo(CollectionKind.TIME_SERIES);
        assertThat(CollectionMetadata.of("{\"indexes\":[{\"viewOn\":1}],\"x\":{\"options\":{\"viewOn\":1}}}"))
                .isEqualTo(CollectionMetadata.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "nonsense",
                "{\"options\"",
                "{\"options\":",
                "{\"options\":{\"viewOn",
                "\"",
                "{\"a\\",
                "{\"type\":\"\\u12\"}",
                "{\"type\":\"\\q\"}",
                "{\"type\":5,\"options\":[]}",
                "{}{}",
                "}",
                "{\"a\":}}]",
                "{\"uuid\":{\"$oid\":\"no\"},\"b\":{\"$binary\":{\"base64\":\"***\",\"subType\":\"zz\"}}}",
                "{\"n\":{\"$numberLong\":\"1e99\"},\"d\":{\"$date\":\"never\"},\"x\":00.1e}",
                "\0\1\2"
            })
    void whatIsOddIsUnknown(String json) {
        assertThat(CollectionMetadata.of(json)).isEqualTo(CollectionMetadata.UNKNOWN);
    }

    @Test
    void whatComesBehindOddValuesIsRead() {
        assertThat(CollectionMetadata.of("{\"o\":{\"$oid\":\"no\"},\"n\":1e,\"type\":\"view\"}")
                        .kind())
                .isEqualTo(CollectionKind.VIEW);
    }

    @Test
    void nestingTakesNoStack() {
        int levels = 1_000_000;
        String deep = "[{\"a\":".repeat(levels) + "1" + "}]".repeat(levels);
        assertThat(CollectionMetadata.of("{\"options\":{\"x\":" + deep + ",\"viewOn\":\"a\"}}")
                        .kind())
                .isEqualTo(CollectionKind.VIEW);
        assertThat(CollectionMetadata.of("{\"options\":{\"x\":" + "[".repeat(levels)))
                .isEqualTo(CollectionMetadata.UNKNOWN);
    }
}
