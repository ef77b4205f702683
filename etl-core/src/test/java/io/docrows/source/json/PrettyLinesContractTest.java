package io.docrows.source.json;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on pretty-printed documents that follow one another, read in parts. */
final class PrettyLinesContractTest extends DocumentSourceContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void export() {
        JsonFiles.contract(root, ".json", documents -> JsonFiles.lines(documents, JsonFiles.PRETTY));
    }

    @Override
    protected DocumentSource open() {
        return JsonSource.open(root, JsonOptions.defaults(), 0);
    }
}
