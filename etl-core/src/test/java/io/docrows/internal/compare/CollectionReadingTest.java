package io.docrows.internal.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.mapping.Decoded;
import io.docrows.run.Cancellation;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CollectionReadingTest {

    @Test
    void aPlanFormsTheBatchesThatARunFormsWhoseMemoryIsSmall() {
        String[] documents = new String[7];
        for (int i = 0; i < documents.length; i++) {
            documents[i] = "{_id: %d, name: '%s'}".formatted(i, "x".repeat(100));
        }
        MemorySource source = new MemorySource().with("authors", documents);
        List<Integer> sizes = new ArrayList<>();
        try (var reading = new CollectionReading<>(
                source, Bookshop.AUTHORS, Scope.of(RunOptions.defaults(), Map.of(), new Cancellation()), 3 * 125L)) {
            for (List<? extends Decoded<?>> batch = reading.next(); batch != null; batch = reading.next()) {
                sizes.add(batch.size());
            }
        }
        assertThat(sizes).containsExactly(3, 3, 1);
    }
}
