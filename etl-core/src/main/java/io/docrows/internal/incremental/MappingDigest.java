package io.docrows.internal.incremental;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.mapping.CollectionMapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells mappings apart: rows that one of them wrote are not up to date for the other. Conversions are code and cannot
 * be told apart.
 */
public final class MappingDigest {

    private MappingDigest() {}

    /**
     * The digest of a mapping.
     *
     * @param mapping the mapping
     * @return the same text for mappings with the same {@linkplain CollectionMapping#description() description}
     */
    public static String of(CollectionMapping<?> mapping) {
        return of(List.of(mapping));
    }

    /**
     * The digest of all mappings of a collection.
     *
     * @param mappings the mappings
     * @return the same text for the same mappings, in any order
     */
    public static String of(List<CollectionMapping<?>> mappings) {
        List<String> lines = mappings.stream()
                .map(mapping -> String.join("\n", CompiledMapping.description(mapping)))
                .sorted()
                .toList();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
