package io.docrows.benchmarks.micro;

import io.docrows.benchmarks.data.RawDocuments;
import io.docrows.gigs.GigsPipeline;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import java.util.List;
import org.jooq.TableRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** From raw BSON to mapped documents, on one core; an operation is a document. */
@State(Scope.Thread)
public class DecodeBenchmark {

    /** More than a processor's second level of cache holds, as in a load. */
    private static final int DOCUMENTS = 10_000;

    /** Whether documents have fields that the mapping does not know. */
    @Param({"false", "true"})
    public boolean unmappedFields;

    private List<byte[]> users = List.of();
    private List<byte[]> gigs = List.of();

    /** Makes the documents. */
    @Setup
    public void makeDocuments() {
        users = prepare(RawDocuments.users(DOCUMENTS));
        gigs = prepare(RawDocuments.gigs(DOCUMENTS));
    }

    private List<byte[]> prepare(List<byte[]> documents) {
        return unmappedFields ? RawDocuments.withUnmappedFields(documents) : documents;
    }

    /** Five columns, and up to six skills. */
    @Benchmark
    @OperationsPerInvocation(DOCUMENTS)
    public void users(Blackhole blackhole) {
        decode(decoder(GigsPipeline.users()), users, blackhole);
    }

    /** Seven columns, and a reference. */
    @Benchmark
    @OperationsPerInvocation(DOCUMENTS)
    public void gigs(Blackhole blackhole) {
        decode(decoder(GigsPipeline.gigs()), gigs, blackhole);
    }

    private static <R extends TableRecord<R>> Decoder<Decoded<R>> decoder(CollectionMapping<R> mapping) {
        return CompiledMapping.decoder(mapping, column -> ColumnType.of(column).orElseThrow());
    }

    private static void decode(Decoder<? extends Decoded<?>> decoder, List<byte[]> documents, Blackhole blackhole) {
        for (byte[] document : documents) {
            if (decoder.decode(document) instanceof MappedDocument<?> mapped) {
                blackhole.consume(mapped);
            } else {
                throw new IllegalStateException("a document was rejected");
            }
        }
    }
}
