package io.docrows.internal.write;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.column.StagedForm;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.ColumnMapping;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of a row that are staged as texts, of which PostgreSQL makes their values. Not thread-safe. */
public final class StagedTexts {

    private final Map<String, StagedText> byName = new LinkedHashMap<>();

    /**
     * A text, and where it comes from and goes to.
     *
     * @param form how a value is made of it
     * @param path where it is in the document, for people
     * @param column the column as {@code schema.table.column}
     */
    record StagedText(StagedForm form, String path, String column) {}

    StagedTexts() {}

    /** Adds a column, if it is one of them, under the name that it has in statements. */
    void add(String name, TableCatalog catalog, ColumnMapping column, String path) {
        StagedForm form = catalog.type(column.column()).stagedForm();
        if (form != null) {
            byName.put(name, new StagedText(form, path, QualifiedName.text(column.column())));
        }
    }

    Map<String, StagedText> byName() {
        return byName;
    }
}
