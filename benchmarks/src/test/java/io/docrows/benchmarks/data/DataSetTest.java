package io.docrows.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.benchmarks.orders.OrdersPipeline;
import io.docrows.gigs.GigsPipeline;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.MappedDocument;
import io.docrows.source.DocumentReader;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.TableRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataSetTest {

    private static final int DOCUMENTS = 3_000;

    @TempDir
    Path directory = Path.of("");

    private static List<byte[]> read(Path dump, String collection) {
        List<byte[]> documents = new ArrayList<>();
        try (DumpSource source = DumpSource.open(dump);
                DocumentReader reader = source.open(
                        source.partitions(collection, ReadRequest.everything()).get(0), null)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                documents.add(document);
            }
        }
        return documents;
    }

    private static <R extends TableRecord<R>> void assertMapped(CollectionMapping<R> mapping, List<byte[]> documents) {
        Decoder<Decoded<R>> decoder =
                CompiledMapping.decoder(mapping, column -> ColumnType.of(column).orElseThrow());
        assertThat(documents)
                .allSatisfy(document -> assertThat(decoder.decode(document)).isInstanceOf(MappedDocument.class));
        assertThat(decoder.drift().unmappedFields()).isEmpty();
    }

    @Test
    void isAlikeEveryTime() throws IOException {
        DataSet.Pair first = Shape.GIGS.write(directory.resolve("1"), DOCUMENTS, Set.of("Chef"));
        DataSet.Pair second = Shape.GIGS.write(directory.resolve("2"), DOCUMENTS, Set.of("Chef"));
        assertThat(second.original().content()).isEqualTo(first.original().content());
        assertThat(second.changed().content()).isEqualTo(first.changed().content());
        for (String file : List.of("original/users.bson", "changed/gigs.bson")) {
            assertThat(Files.mismatch(
                            directory.resolve("1").resolve(file),
                            directory.resolve("2").resolve(file)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void isOneUserToTwoGigsAndAllOfThemCanBeMapped() throws IOException {
        Path dump = Shape.GIGS.write(directory, DOCUMENTS, Set.of()).original().dump();
        List<byte[]> users = read(dump, "users");
        List<byte[]> gigs = read(dump, "gigs");
        assertThat(users).hasSize(1_000);
        assertThat(gigs).hasSize(2_000);
        assertMapped(GigsPipeline.users(), users);
        assertMapped(GigsPipeline.gigs(), gigs);
    }

    @Test
    void changesOneDocumentInAHundred() throws IOException {
        DataSet.Pair pair = Shape.GIGS.write(directory, DOCUMENTS, Set.of());
        assertThat(changed(pair, "users")).isEqualTo(10);
        assertThat(changed(pair, "gigs")).isEqualTo(20);
        assertThat(pair.changed().content()).isNotEqualTo(pair.original().content());
    }

    private static long changed(DataSet.Pair pair, String collection) {
        List<byte[]> before = read(pair.original().dump(), collection);
        List<byte[]> after = read(pair.changed().dump(), collection);
        long differences = 0;
        for (int i = 0; i < before.size(); i++) {
            differences += java.util.Arrays.equals(before.get(i), after.get(i)) ? 0 : 1;
        }
        return differences;
    }

    @Test
    void changesOneElementOfOneOrderInAHundred() throws IOException {
        DataSet.Pair pair = Shape.ORDERS.write(directory, DOCUMENTS, Set.of());
        List<byte[]> orders = read(pair.original().dump(), "orders");
        assertThat(orders).hasSize(DOCUMENTS);
        assertMapped(OrdersPipeline.orders(), orders);
        assertThat(changed(pair, "orders")).isEqualTo(DOCUMENTS / 100);
        assertThat(pair.original().content().tables().get("order_items").count())
                .isEqualTo(4 * DOCUMENTS);
        assertThat(pair.changed().content().tables().get("order_items"))
                .isNotEqualTo(pair.original().content().tables().get("order_items"));
        assertThat(pair.changed().content().tables().get("item_discounts"))
                .isEqualTo(pair.original().content().tables().get("item_discounts"));
    }
}
