package io.docrows.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.BsonBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link DocumentSource} does. A subclass stores {@link MixedDocuments#shuffled()} as the collection
 * {@code mixed} and a few others as {@code other}, and opens sources on them. One that cannot do something overrides
 * the test for it, and says there what it does instead.
 */
public abstract class DocumentSourceContract {

    /** Opens a new source on the same documents; sources share nothing but what is stored. */
    protected abstract DocumentSource open() throws Exception;

    /** The documents of {@code mixed} as the source hands them out, if what stores them does not keep every type. */
    protected List<byte[]> mixed() {
        return MixedDocuments.shuffled();
    }

    @Test
    protected void namesItsCollections() throws Exception {
        try (DocumentSource source = open()) {
            assertThat(source.collections()).containsExactly("mixed", "other");
            assertThat(source.description()).isNotBlank();
        }
    }

    @Test
    void estimatesWithoutLying() throws Exception {
        try (DocumentSource source = open()) {
            source.estimatedCount("mixed")
                    .ifPresent(count -> assertThat(count)
                            .isEqualTo(MixedDocuments.shuffled().size()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 16, 100})
    void readsEveryDocumentOnce(int partitions) throws Exception {
        try (DocumentSource source = open()) {
            List<String> read = new ArrayList<>();
            for (Partition partition : source.partitions("mixed", new ReadRequest(List.of(), partitions))) {
                read.addAll(rest(source, partition, null));
            }
            assertThat(read).containsExactlyInAnyOrderElementsOf(expected());
        }
    }

    @Test
    void numbersPartitionsFromZero() throws Exception {
        try (DocumentSource source = open()) {
            List<Partition> partitions = source.partitions("mixed", new ReadRequest(List.of(), 4));
            assertThat(partitions).isNotEmpty();
            for (int i = 0; i < partitions.size(); i++) {
                assertThat(partitions.get(i).number()).isEqualTo(i);
                assertThat(partitions.get(i).collection()).isEqualTo("mixed");
            }
        }
    }

    @Test
    void readsInAStableOrder() throws Exception {
        try (DocumentSource source = open()) {
            Partition partition = only(source, ReadRequest.everything());
            assertThat(rest(source, partition, null)).isEqualTo(rest(source, partition, null));
        }
    }

    @Test
    void goesOnAfterEveryPositionInAFreshSource() throws Exception {
        List<String> all;
        List<byte[]> positions = new ArrayList<>();
        Partition partition;
        try (DocumentSource source = open()) {
            partition = only(source, ReadRequest.everything());
            all = rest(source, partition, null);
            for (int k = 1; k <= all.size(); k++) {
                try (DocumentReader reader = source.open(partition, null)) {
                    assertThat(reader.position()).isNull();
                    for (int i = 0; i < k; i++) {
                        reader.read();
                    }
                    positions.add(present(reader.position()));
                }
            }
        }
        try (DocumentSource fresh = open()) {
            for (int k = 1; k <= all.size(); k++) {
                byte[] position = positions.get(k - 1);
                assertThat(position.length).isLessThan(200);
                assertThat(rest(fresh, copy(partition), position))
                        .as("after %d", k)
                        .isEqualTo(all.subList(k, all.size()));
            }
        }
    }

    @Test
    void aReaderThatHasReadNothingStandsWhereItWasOpened() throws Exception {
        try (DocumentSource source = open()) {
            Partition partition = only(source, ReadRequest.everything());
            byte[] position;
            try (DocumentReader reader = source.open(partition, null)) {
                reader.read();
                position = present(reader.position());
            }
            try (DocumentReader reader = source.open(partition, position)) {
                assertThat(reader.position()).isEqualTo(position);
            }
        }
    }

    @Test
    void theEndStaysTheEnd() throws Exception {
        try (DocumentSource source = open()) {
            Partition partition = only(source, ReadRequest.everything());
            try (DocumentReader reader = source.open(partition, null)) {
                for (int i = 0; i < MixedDocuments.ids().size(); i++) {
                    assertThat(reader.read()).isNotNull();
                }
                assertThat(reader.read()).isNull();
                byte[] position = present(reader.position());
                assertThat(reader.read()).isNull();
                assertThat(reader.position()).isEqualTo(position);
                assertThat(rest(source, partition, position)).isEmpty();
                reader.close();
                reader.close();
            }
        }
    }

    @Test
    void handsOverArraysOfTheirOwn() throws Exception {
        try (DocumentSource source = open()) {
            Partition partition = only(source, ReadRequest.everything());
            try (DocumentReader reader = source.open(partition, null)) {
                List<String> all = rest(source, partition, null);
                byte[] first = present(reader.read());
                byte[] position = present(reader.position());
                Arrays.fill(first, (byte) 0x55);
                assertThat(reader.position()).isEqualTo(position);
                assertThat(hex(present(reader.read()))).isEqualTo(all.get(1));
            }
        }
    }

    @Test
    protected void findsIdsAsMongoDbComparesThem() throws Exception {
        List<BsonValue> ids = List.of(
                new BsonDouble(1.0),
                new BsonDecimal128(Decimal128.parse("7.0")),
                new BsonDouble(8.25),
                new BsonString("1"),
                BsonNull.VALUE,
                new BsonBinary(new UUID(3, 2)),
                new BsonDocument("x", new BsonInt32(2)),
                new BsonString("not there"));
        try (DocumentSource source = open()) {
            List<String> read = new ArrayList<>();
            for (Partition partition : source.partitions("mixed", new ReadRequest(ids, 4))) {
                read.addAll(rest(source, copy(partition), null));
            }
            assertThat(read).hasSize(7);
            assertThat(read.stream()
                            .map(hex -> BsonBytes.decode(HexFormat.of().parseHex(hex)))
                            .map(document -> document.get("_id")))
                    .contains(new BsonInt32(1), new BsonString("1"), BsonNull.VALUE, new BsonBinary(new UUID(3, 2)));
        }
    }

    @Test
    protected void goesOnAmongIds() throws Exception {
        List<BsonValue> ids = MixedDocuments.ids().subList(4, 24);
        try (DocumentSource source = open()) {
            Partition partition = only(source, new ReadRequest(ids, 1));
            List<String> all = rest(source, partition, null);
            assertThat(all).hasSize(20);
            for (int k = 1; k <= all.size(); k++) {
                try (DocumentReader reader = source.open(partition, null)) {
                    for (int i = 0; i < k; i++) {
                        reader.read();
                    }
                    assertThat(rest(source, partition, reader.position())).isEqualTo(all.subList(k, all.size()));
                }
            }
        }
    }

    @Test
    protected void saysWhichCollectionsThereAreWhenOneIsMissing() throws Exception {
        try (DocumentSource source = open()) {
            assertThatThrownBy(() -> source.partitions("mixd", ReadRequest.everything()))
                    .isInstanceOfSatisfying(
                            DocrowsException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_COLLECTION_MISSING))
                    .hasMessageContaining("Did you mean \"mixed\"?")
                    .hasMessageContaining("It contains: mixed, other.");
        }
    }

    @Test
    void refusesThePositionOfAnotherKindOfSource() throws Exception {
        byte[] foreign = BsonBytes.encode(new BsonDocument("somewhere", new BsonInt32(1)));
        try (DocumentSource source = open()) {
            Partition partition = only(source, ReadRequest.everything());
            assertThatThrownBy(() -> source.open(partition, foreign))
                    .isInstanceOf(DocrowsException.class)
                    .hasMessageContaining("--force");
            assertThatThrownBy(() -> source.open(new Partition("mixed", 0, foreign), null))
                    .isInstanceOf(DocrowsException.class)
                    .hasMessageContaining("--force");
        }
    }

    private List<String> expected() {
        return mixed().stream().map(DocumentSourceContract::hex).toList();
    }

    private static Partition only(DocumentSource source, ReadRequest request) {
        List<Partition> partitions = source.partitions("mixed", request);
        assertThat(partitions).hasSize(1);
        return partitions.get(0);
    }

    private static List<String> rest(DocumentSource source, Partition partition, byte @Nullable [] after) {
        List<String> read = new ArrayList<>();
        try (DocumentReader reader = source.open(partition, after)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                read.add(hex(document));
            }
        }
        return read;
    }

    private static Partition copy(Partition partition) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(partition);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Partition copy = (Partition) in.readObject();
            assertThat(copy).isEqualTo(partition);
            return copy;
        }
    }

    private static byte[] present(byte @Nullable [] bytes) {
        assertThat(bytes).isNotNull();
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
