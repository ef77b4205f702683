package io.docrows.source.json;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on what the shell prints. */
final class ShellContractTest extends DocumentSourceContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void export() {
        JsonFiles.contract(root, ".json", documents -> JsonFiles.lines(documents, JsonFiles.SHELL));
    }

    @Override
    protected DocumentSource open() {
        return JsonSource.open(root);
    }
}
