package io.docrows.benchmarks.micro;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.IValueHandler;
import io.docrows.benchmarks.data.RawDocuments;
import io.docrows.gigs.GigsPipeline;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MappedDocument;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From mapped documents to a binary COPY stream that nobody reads, with the encoders of the loader; an operation is a
 * row.
 */
@State(Scope.Thread)
public class EncodeBenchmark {

    private static final int ROWS = 10_000;

    private Rows users = Rows.NONE;
    private Rows gigs = Rows.NONE;

    /** Decodes the documents. */
    @Setup
    public void makeRows() {
        users = Rows.of(GigsPipeline.users(), RawDocuments.users(ROWS));
        gigs = Rows.of(GigsPipeline.gigs(), RawDocuments.gigs(ROWS));
    }

    /** Five columns. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void users() {
        users.encode();
    }

    /** Seven columns. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void gigs() {
        gigs.encode();
    }

    private record Column<T>(IValueHandler<T> handler) {

        static Column<?> of(Field<?> field) {
            return new Column<>(ColumnType.of(field).orElseThrow().handler());
        }

        @SuppressWarnings("unchecked") // The mapping tied the value's type to the column's.
        void write(PgBinaryWriter writer, @Nullable Object value) {
            if (value == null) {
                writer.writeNull();
            } else {
                writer.write(handler, (T) value);
            }
        }
    }

    private record Rows(List<Column<?>> columns, List<MappedDocument<?>> documents) {

        private static final Rows NONE = new Rows(List.of(), List.of());

        static <R extends TableRecord<R>> Rows of(CollectionMapping<R> mapping, List<byte[]> documents) {
            List<Column<?>> columns = new ArrayList<>();
            mapping.columns().forEach(column -> columns.add(Column.of(column.column())));
            List<MappedDocument<?>> mapped = new ArrayList<>();
            documents.forEach(document -> mapped.add((MappedDocument<R>) mapping.decode(document)));
            return new Rows(columns, mapped);
        }

        void encode() {
            try (PgBinaryWriter writer = new PgBinaryWriter(OutputStream.nullOutputStream())) {
                for (MappedDocument<?> document : documents) {
                    writer.startRow(columns.size());
                    for (int i = 0; i < columns.size(); i++) {
                        columns.get(i).write(writer, CompiledMapping.value(document, i));
                    }
                }
            }
        }
    }
}
