package io.docrows.testing;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;

/** The contract, on the source that other tests read from, so that what they show is worth something. */
final class MemorySourceContractTest extends DocumentSourceContract {

    @Override
    protected DocumentSource open() {
        return new MemorySource()
                .withRaw("mixed", MixedDocuments.shuffled())
                .withRaw("other", MixedDocuments.shuffled().subList(0, 3));
    }
}
