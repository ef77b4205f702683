package io.docrows.internal.incremental;

import io.docrows.internal.column.QualifiedName;
import io.docrows.mapping.CollectionMapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Tells mappings apart that read other fields, or into other columns: rows that one of them wrote are not up to date
 * for the other. Conversions are code and cannot be told apart.
 */
public final class MappingDigest {

    private MappingDigest() {}

    /**
     * The digest of a mapping.
     *
     * @param mapping the mapping
     * @return the same text for the same fields, columns, references, joins and watermark
     */
    public static String of(CollectionMapping<?> mapping) {
        List<String> parts = new ArrayList<>();
        parts.add(String.join(".", mapping.watermark()));
        parts.add(QualifiedName.text(mapping.key()));
        mapping.columns().forEach(column -> parts.add(QualifiedName.text(column.column()) + " " + column.path()));
        mapping.references()
                .forEach(reference -> parts.add(
                        QualifiedName.text(reference.column()) + " " + QualifiedName.text(reference.parentKey())));
        mapping.joins().forEach(join -> parts.add(QualifiedName.text(join.join().owner())));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
