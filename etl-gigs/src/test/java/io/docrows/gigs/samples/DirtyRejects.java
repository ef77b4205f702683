package io.docrows.gigs.samples;

import io.docrows.error.RejectCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents of the dirty sample that are rejected. */
public final class DirtyRejects {

    private DirtyRejects() {}

    /**
     * One of them.
     *
     * @param code the reason
     * @param bson the document, byte for byte
     */
    public record Reject(RejectCode code, byte[] bson) {}

    /**
     * All of them.
     *
     * @return the rejected documents, by collection
     */
    public static Map<String, List<Reject>> byCollection() {
        return Map.of("users", rejects(DirtyUsers.all()), "gigs", rejects(DirtyGigs.all()));
    }

    private static List<Reject> rejects(List<DirtyDocument> documents) {
        return documents.stream()
                .flatMap(each -> {
                    @Nullable RejectCode code = each.code();
                    return code == null
                            ? java.util.stream.Stream.empty()
                            : java.util.stream.Stream.of(new Reject(code, each.bson()));
                })
                .toList();
    }
}
