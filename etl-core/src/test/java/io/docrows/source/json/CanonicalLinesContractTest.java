package io.docrows.source.json;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a directory of files with one document a line, in canonical Extended JSON v2. */
final class CanonicalLinesContractTest extends DocumentSourceContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void export() {
        JsonFiles.contract(root, ".json", documents -> JsonFiles.lines(documents, JsonFiles.CANONICAL));
        JsonFiles.write(root.resolve("mixed.metadata.json"), "{}");
    }

    @Override
    protected DocumentSource open() {
        return JsonSource.open(root, JsonOptions.defaults(), 0);
    }
}
