package io.docrows.internal.incremental;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.mapping.CollectionMapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(String.join("\n", CompiledMapping.description(mapping))
                            .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
