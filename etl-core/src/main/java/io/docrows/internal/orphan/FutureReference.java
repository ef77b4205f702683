package io.docrows.internal.orphan;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ReferenceMapping;

/**
 * A reference as it will be once staged documents are loaded. Immutable.
 *
 * @param documents the table of staged documents of the referring collection
 * @param child its mapping
 * @param catalog what the target says of its table, and of the one referred to
 * @param reference the reference
 */
public record FutureReference(
        String documents, CollectionMapping<?> child, TableCatalog catalog, ReferenceMapping<?> reference) {

    /** A row whose document will refer to another row does not count as it is. */
    String unlessChanged(String row, String parent) {
        return " AND NOT EXISTS (SELECT FROM " + documents + " s WHERE "
                + catalog.equality(child.key().get(0))
                        .equal("s.c0", row + "." + Sql.column(child.key().get(0))) + " AND "
                + catalog.equality(reference.parentKey())
                        .distinct(
                                "s.r" + child.references().indexOf(reference),
                                parent + "." + Sql.column(reference.parentKey()))
                + ")";
    }

    /** Whether a document will refer to a row. */
    String leadsTo(String parent) {
        return "EXISTS (SELECT FROM " + documents + " s WHERE "
                + catalog.equality(reference.parentKey())
                        .equal(
                                "s.r" + child.references().indexOf(reference),
                                parent + "." + Sql.column(reference.parentKey()))
                + ")";
    }
}
