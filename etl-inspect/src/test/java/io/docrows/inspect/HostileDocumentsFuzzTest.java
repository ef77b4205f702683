package io.docrows.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.proposal.Proposal;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.inspect.testing.MemorySource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;

/**
 * Whatever is in the documents, they are measured, or counted as damaged; the order makes no difference, and tables can
 * be proposed for what was found.
 */
@Tag("long")
final class HostileDocumentsFuzzTest {

    private static final int SMALLEST = 5;

    /** What every source has made sure of: length prefix and terminator. The inside is as it comes. */
    private static List<byte[]> documents(byte[] bytes) {
        List<byte[]> documents = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < bytes.length) {
            int left = bytes.length - at;
            int said = left < Integer.BYTES ? left : all.getInt(at);
            int length = said < SMALLEST || said > left ? left : said;
            byte[] document = Arrays.copyOfRange(bytes, at, at + Math.max(length, SMALLEST));
            ByteBuffer.wrap(document).order(ByteOrder.LITTLE_ENDIAN).putInt(document.length);
            document[document.length - 1] = 0;
            documents.add(document);
            at += length;
        }
        return documents;
    }

    private static Inspection inspect(MemorySource source, int threads) {
        return Inspector.of(source)
                .inspect(InspectOptions.defaults().threads(threads))
                .orElseThrow();
    }

    @FuzzTest(maxDuration = "1m")
    void documentsAreMeasuredOrCountedAsDamaged(byte[] bytes) {
        List<byte[]> documents = documents(bytes);
        MemorySource source = MemorySource.empty().with("things");
        documents.forEach(document -> source.withRaw("things", document));

        Inspection found = inspect(source, 1);

        CollectionFacts things = found.collection("things").orElseThrow();
        assertThat(things.documents()).isEqualTo(documents.size());
        for (PathFacts path : things.paths()) {
            assertThat(path.present()).isBetween(0L, path.values());
            assertThat(path.kinds().stream().mapToLong(kind -> kind.values()).sum())
                    .isEqualTo(path.values());
        }
        assertThat(inspect(source.shuffled(1, 2), 2)).isEqualTo(found);
        for (ProposedTable table : Proposal.of(found).tables()) {
            assertThat(new HashSet<>(table.columns().stream()
                            .map(column -> column.name())
                            .toList()))
                    .as("columns of %s", table.name())
                    .hasSize(table.columns().size());
        }
    }
}
