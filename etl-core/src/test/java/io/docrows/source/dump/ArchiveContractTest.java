package io.docrows.source.dump;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on an archive. */
final class ArchiveContractTest extends DocumentSourceContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void dump() {
        DumpFiles.write(
                root.resolve("shop.archive"), ArchiveFile.interleaved(MixedDocuments.shuffled(), DumpFiles.others()));
    }

    @Override
    protected DocumentSource open() {
        return DumpSource.open(root.resolve("shop.archive"));
    }
}
