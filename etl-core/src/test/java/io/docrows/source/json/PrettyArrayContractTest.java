package io.docrows.source.json;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on files with one array each, as mongoexport {@code --jsonArray --pretty} writes them. */
final class PrettyArrayContractTest extends DocumentSourceContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void export() {
        JsonFiles.contract(root, ".json", documents -> JsonFiles.array(documents, JsonFiles.PRETTY, "\n"));
    }

    @Override
    protected DocumentSource open() {
        return JsonSource.open(root);
    }
}
