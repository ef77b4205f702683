package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import io.docrows.source.ReadRequest;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

/** The contract, on documents that come through a stream, which holds one collection. */
final class StreamContractTest extends DocumentSourceContract {

    private static final byte[] JSON =
            JsonFiles.lines(MixedDocuments.shuffled(), JsonFiles.CANONICAL).getBytes(UTF_8);

    @Override
    protected DocumentSource open() {
        return JsonSource.read(
                new ByteArrayInputStream(JSON), "-", JsonOptions.defaults().withCollection("mixed"));
    }

    @Override
    protected void namesItsCollections() {
        try (DocumentSource source = open()) {
            assertThat(source.collections()).containsExactly("mixed");
            assertThat(source.description()).isEqualTo("json:-");
        }
    }

    @Override
    protected void saysWhichCollectionsThereAreWhenOneIsMissing() {
        try (DocumentSource source = open()) {
            assertThatThrownBy(() -> source.partitions("mixd", ReadRequest.everything()))
                    .hasMessageContaining("Did you mean \"mixed\"?")
                    .hasMessageContaining("It contains: mixed.");
        }
    }

    @Test
    void withoutANameItIsTheCollectionThatIsAskedForFirst() {
        try (DocumentSource source = JsonSource.read(new ByteArrayInputStream(JSON), "-", JsonOptions.defaults())) {
            assertThat(source.collections()).isEmpty();
            assertThat(source.partitions("people", ReadRequest.everything())).hasSize(1);
            assertThat(source.collections()).containsExactly("people");
            assertThatThrownBy(() -> source.partitions("towns", ReadRequest.everything()))
                    .hasMessageContaining("\"people\" and \"towns\" are wanted")
                    .hasMessageContaining("--source-collection");
        }
    }
}
