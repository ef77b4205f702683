package io.docrows.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.mapping.Decoded;
import io.docrows.source.ReadRequest;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import io.docrows.testing.db.tables.records.ShopOrderRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CollectionFeedTest {

    private static final int DOCUMENTS = 7;

    private final MemorySource source = new MemorySource().with("authors", documents());

    private static String[] documents() {
        String[] documents = new String[DOCUMENTS];
        for (int i = 0; i < documents.length; i++) {
            documents[i] = "{_id: %d, name: '%s'}".formatted(i, "x".repeat(100));
        }
        return documents;
    }

    private CollectionFeed<byte[]> feed(FeedLimits limits) {
        return new CollectionFeed<>(
                source, "authors", new ReadRequest(List.of(), 2), WatermarkFilter.none(), document -> document, limits);
    }

    private static List<Integer> sizes(CollectionFeed<byte[]> feed) {
        List<Integer> sizes = new ArrayList<>();
        for (@Nullable List<byte[]> batch = feed.next(); batch != null; batch = feed.next()) {
            sizes.add(batch.size());
        }
        return sizes;
    }

    private static int sum(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void batchesAreSmallWhereMemoryIs() {
        BatchMemory memory = new BatchMemory(2 * 3 * 125L);
        try (CollectionFeed<byte[]> feed = new CollectionFeed<>(
                source,
                "authors",
                new ReadRequest(List.of(), 1),
                WatermarkFilter.none(),
                document -> document,
                new FeedLimits(1_000, 1 << 20, new Allowance(OptionalLong.empty()), memory, () -> false))) {
            assertThat(sizes(feed)).containsExactly(3, 3, 1);
        }
    }

    @Test
    void largeArraysMakeABatchEndEarlier() {
        String tags = "'x'" + ", 'x'".repeat(29);
        MemorySource orders = new MemorySource()
                .with(
                        "orders",
                        "{_id: 1, tags: [%s]}".formatted(tags),
                        "{_id: 2, tags: [%s]}".formatted(tags),
                        "{_id: 3, tags: [%s]}".formatted(tags),
                        "{_id: 4}",
                        "{_id: 5}",
                        "{_id: 6}");
        try (CollectionFeed<Decoded<ShopOrderRecord>> feed = new CollectionFeed<>(
                orders,
                "orders",
                new ReadRequest(List.of(), 1),
                WatermarkFilter.none(),
                Shop.ORDERS::decode,
                FeedLimits.alone(3, 1 << 20, OptionalLong.empty(), () -> false))) {
            List<Integer> batches = new ArrayList<>();
            for (@Nullable List<Decoded<ShopOrderRecord>> batch = feed.next(); batch != null; batch = feed.next()) {
                batches.add(batch.size());
            }
            // Twenty rows for each of three documents: two orders with 31 rows each are enough.
            assertThat(batches).containsExactly(2, 3, 1);
        }
    }

    @Test
    void aLimitHoldsForAllPartitionsTogether() {
        try (CollectionFeed<byte[]> feed = feed(FeedLimits.alone(2, 1 << 20, OptionalLong.of(5), () -> false))) {
            assertThat(sum(sizes(feed))).isEqualTo(5);
            assertThat(feed.isStopped()).isFalse();
        }
    }

    @Test
    void whatWasReadBeforeAStopIsHandedOver() {
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier stopped = () -> asked.incrementAndGet() > 3;
        try (CollectionFeed<byte[]> feed = feed(FeedLimits.alone(2, 1 << 20, OptionalLong.empty(), stopped))) {
            assertThat(sum(sizes(feed))).isEqualTo(3);
            assertThat(feed.isStopped()).isTrue();
        }
    }

    @Test
    void anInterruptEndsTheReadingAsWhatItIs() throws Exception {
        BatchMemory memory = new BatchMemory(1_000);
        BatchMemory.Share another = memory.share();
        another.more(1_000);
        try (CollectionFeed<byte[]> feed =
                feed(new FeedLimits(1_000, 1 << 20, new Allowance(OptionalLong.empty()), memory, () -> false))) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(DocrowsException.class)
                    .isThrownBy(feed::next)
                    .withMessage("Reading the collection \"authors\" was interrupted.")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_FAILED));
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
