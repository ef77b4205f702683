package io.docrows.internal.run;

import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.mapping.SharedDecoder;
import io.docrows.internal.mapping.SharedDocument;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.BatchWriter;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.KeyCache;
import io.docrows.internal.write.SharedWriter;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.jooq.TableRecord;

/**
 * How the documents of one collection are decoded and written: by its only mapping, or by several at once. Immutable
 * and thread-safe.
 *
 * @param <D> what a document is decoded into
 */
interface CollectionWork<D> {

    /** The collection and its mappings. */
    MappedCollection collection();

    /** A decoder of documents for the target, for one thread. */
    Decoder<D> decoder();

    /**
     * A writer of batches.
     *
     * @param copying whether the tables were empty and their constraints dropped
     */
    DocumentWriter<D> writer(Connection connection, long run, KeyCache keyCache, boolean copying) throws SQLException;

    /**
     * A merging writer beside others on the same connection.
     *
     * @param first the number of its first staging tables; it takes as many numbers as the collection has mappings
     */
    DocumentWriter<D> writer(Connection connection, long run, int first) throws SQLException;

    /** The document itself. */
    byte[] bson(D decoded);

    /** Whether the document was rejected when it was decoded. */
    boolean isRejected(D decoded);

    /**
     * The work on a collection.
     *
     * @param collection the collection
     * @param catalogs what the target says of the tables of each mapping
     */
    static CollectionWork<?> of(MappedCollection collection, Map<CollectionMapping<?>, TableCatalog> catalogs) {
        return collection.mappings().size() == 1
                ? single(collection, collection.first(), Objects.requireNonNull(catalogs.get(collection.first())))
                : new Shared(collection, catalogs);
    }

    private static <R extends TableRecord<R>> CollectionWork<?> single(
            MappedCollection collection, CollectionMapping<R> mapping, TableCatalog catalog) {
        return new Single<>(collection, mapping, catalog);
    }

    /** The only mapping of a collection. */
    record Single<R extends TableRecord<R>>(
            MappedCollection collection, CollectionMapping<R> mapping, TableCatalog catalog)
            implements CollectionWork<Decoded<R>> {

        @Override
        public Decoder<Decoded<R>> decoder() {
            return CompiledMapping.decoder(mapping, catalog::type);
        }

        @Override
        public DocumentWriter<Decoded<R>> writer(Connection connection, long run, KeyCache keyCache, boolean copying)
                throws SQLException {
            return new BatchWriter<>(connection, mapping, catalog, run, keyCache, copying);
        }

        @Override
        public DocumentWriter<Decoded<R>> writer(Connection connection, long run, int first) throws SQLException {
            return BatchWriter.numbered(connection, mapping, catalog, run, first);
        }

        @Override
        public byte[] bson(Decoded<R> decoded) {
            return decoded.bson();
        }

        @Override
        public boolean isRejected(Decoded<R> decoded) {
            return decoded instanceof RejectedDocument;
        }
    }

    /** Several mappings of one collection. */
    record Shared(MappedCollection collection, Map<CollectionMapping<?>, TableCatalog> catalogs)
            implements CollectionWork<SharedDocument> {

        @Override
        public Decoder<SharedDocument> decoder() {
            return new SharedDecoder(collection.mappings(), mapping -> catalog(mapping)::type);
        }

        @Override
        public DocumentWriter<SharedDocument> writer(
                Connection connection, long run, KeyCache keyCache, boolean copying) throws SQLException {
            return new SharedWriter(connection, collection, this::catalog, run, keyCache, copying, 0);
        }

        @Override
        public DocumentWriter<SharedDocument> writer(Connection connection, long run, int first) throws SQLException {
            return new SharedWriter(connection, collection, this::catalog, run, KeyCache.NONE, false, first);
        }

        private TableCatalog catalog(CollectionMapping<?> mapping) {
            return Objects.requireNonNull(catalogs.get(mapping));
        }

        @Override
        public byte[] bson(SharedDocument decoded) {
            return decoded.bson();
        }

        @Override
        public boolean isRejected(SharedDocument decoded) {
            return decoded.reject() != null;
        }
    }
}
