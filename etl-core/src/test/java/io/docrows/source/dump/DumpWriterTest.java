package io.docrows.source.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.source.MixedDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DumpWriterTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"rejects.bson", "rejects.bson.gz"})
    void theSourceReadsBackWhatWasWritten(String name) throws IOException {
        List<byte[]> documents = MixedDocuments.shuffled();
        Path file = root.resolve(name);
        for (int again = 0; again < 2; again++) {
            try (DumpWriter writer = DumpWriter.create(file)) {
                for (byte[] document : documents) {
                    writer.write(document);
                }
                byte[] cut = documents.get(0).clone();
                cut[0]++;
                assertThatThrownBy(() -> writer.write(cut)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> writer.write(new byte[4])).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(DumpFiles.read(file, "rejects").documents()).containsExactlyElementsOf(documents);
    }
}
