package io.docrows.source.json;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import io.docrows.source.dump.DumpFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on gzipped files with one document a line. */
final class GzipLinesContractTest extends DocumentSourceContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void export() {
        JsonFiles.gzip(root.resolve("mixed.jsonl.gz"), JsonFiles.lines(MixedDocuments.shuffled(), JsonFiles.CANONICAL));
        JsonFiles.gzip(root.resolve("other.jsonl.gz"), JsonFiles.lines(DumpFiles.others(), JsonFiles.CANONICAL));
    }

    @Override
    protected DocumentSource open() {
        return JsonSource.open(root);
    }
}
