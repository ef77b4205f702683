package io.docrows.source.json;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on relaxed Extended JSON v2, which does not keep an int64 that is small. */
final class RelaxedLinesContractTest extends DocumentSourceContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void export() {
        JsonFiles.contract(root, ".ndjson", documents -> JsonFiles.lines(documents, JsonFiles.RELAXED));
    }

    @Override
    protected DocumentSource open() {
        return JsonSource.open(root);
    }

    @Override
    protected List<byte[]> mixed() {
        return MixedDocuments.shuffled().stream().map(JsonFiles::relaxed).toList();
    }
}
