package io.docrows.cli.connection;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentSource;
import io.docrows.source.file.FileSources;
import io.docrows.source.json.JsonSource;
import io.docrows.source.mongo.MongoSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens what a {@link SourceAddress} describes. */
public final class Sources {

    private Sources() {}

    /**
     * Opens a source.
     *
     * @param address where it is
     * @param samples opens the sample documents of this program, if it has any
     * @return the source, to be closed by the caller
     * @throws io.docrows.error.DocrowsException {@code SOURCE_UNAVAILABLE}, {@code SOURCE_CORRUPT} or
     *     {@code INVALID_OPTION}
     */
    public static DocumentSource open(SourceAddress address, Optional<Supplier<DocumentSource>> samples) {
        if (address instanceof SourceAddress.Mongo mongo) {
            return MongoSource.connect(mongo.uri());
        }
        if (address instanceof SourceAddress.Dump dump) {
            return FileSources.open(dump.path(), dump.database(), dump.json());
        }
        if (address instanceof SourceAddress.Json json) {
            return JsonSource.open(json.path(), json.json());
        }
        if (address instanceof SourceAddress.StandardInput input) {
            return FileSources.read(System.in, SourceAddress.StandardInput.LABEL, input.database(), input.json());
        }
        return samples.orElseThrow(() -> new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "--source embedded: this program has no sample documents; name another source"))
                .get();
    }
}
