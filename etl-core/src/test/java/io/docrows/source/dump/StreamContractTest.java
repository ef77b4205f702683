package io.docrows.source.dump;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import java.io.ByteArrayInputStream;

/** The contract, on an archive that comes through a stream. */
final class StreamContractTest extends DocumentSourceContract {

    private static final byte[] ARCHIVE = ArchiveFile.interleaved(MixedDocuments.shuffled(), DumpFiles.others());

    @Override
    protected DocumentSource open() {
        return DumpSource.read(new ByteArrayInputStream(ARCHIVE), "-", null);
    }
}
