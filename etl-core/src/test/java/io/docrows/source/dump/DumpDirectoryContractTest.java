package io.docrows.source.dump;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a dump directory. */
final class DumpDirectoryContractTest extends DocumentSourceContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @BeforeEach
    void dump() {
        DumpFiles.write(root.resolve("shop/mixed.bson"), DumpFiles.joined(MixedDocuments.shuffled()));
        DumpFiles.write(root.resolve("shop/other.bson"), DumpFiles.joined(DumpFiles.others()));
        DumpFiles.write(root.resolve("shop/system.views.bson"), DumpFiles.joined(DumpFiles.others()));
        DumpFiles.write(root.resolve("shop/mixed.metadata.json"), new byte[] {0x7b, 0x7d});
    }

    @Override
    protected DocumentSource open() {
        return DumpSource.open(root);
    }
}
