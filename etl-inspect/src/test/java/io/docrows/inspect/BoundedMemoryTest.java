package io.docrows.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.inspect.testing.EndlessSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However many documents there are, the memory is the same. Keys that do not fit are counted in several rounds. */
final class BoundedMemoryTest {

    private static String inspect(int documents, String heap) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessSource.class.getName(),
                        Integer.toString(documents)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }

    /** The keys alone take 1.4 MB each; a quarter of 20 MB holds them only in rounds. */
    @Test
    void someDocumentsInASmallHeap() throws Exception {
        assertThat(inspect(60_000, "-Xmx20m")).contains("60000 documents, unique true");
    }

    @Test
    @Tag("slow")
    void manyDocumentsInASmallHeap() throws Exception {
        assertThat(inspect(3_000_000, "-Xmx48m")).contains("3000000 documents, unique true");
    }
}
