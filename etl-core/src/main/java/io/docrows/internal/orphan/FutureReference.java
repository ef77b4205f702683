package io.docrows.internal.orphan;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import org.jspecify.annotations.Nullable;

/**
 * A reference as it will be once staged documents are loaded. Immutable.
 *
 * @param tree the tables of the referring collection, whose documents are staged
 * @param child its table that refers, or null for the documents' own
 * @param catalog what the target says of its tables, and of the one referred to
 * @param reference the reference
 */
public record FutureReference(TableTree tree, @Nullable ChildTable child, TableCatalog catalog, Reference reference) {

    /** A row whose document will refer to another row does not count as it is. */
    String unlessChanged(String row, String parent) {
        RowKey key = new RowKey(tree.documents().mapping(), catalog);
        String documents = tree.stage().documents();
        if (child == null) {
            return " AND NOT EXISTS (SELECT FROM " + documents + " s WHERE " + key.isRowOf(row, "s") + " AND "
                    + catalog.equality(reference.mapping().parentKey())
                            .distinct("s." + reference.key(), referred(parent))
                    + ")";
        }
        // The rows of a document that is staged will be those that are staged with it.
        return " AND NOT EXISTS (SELECT FROM " + documents + " s, "
                + Sql.table(tree.documents().mapping().table()) + " u WHERE " + key.isRowOf("u", "s") + " AND "
                + Sql.text(child.isBelow(row, "u")) + ")";
    }

    /** Whether a document will refer to a row. */
    String leadsTo(String parent) {
        String documents = tree.stage().documents();
        String rows = child == null
                ? documents + " s WHERE "
                : child.staged() + " s JOIN " + documents + " d ON d.ord = s.ord WHERE ";
        return "EXISTS (SELECT FROM " + rows
                + catalog.equality(reference.mapping().parentKey()).equal("s." + reference.key(), referred(parent))
                + ")";
    }

    private String referred(String parent) {
        return parent + "." + Sql.column(reference.mapping().parentKey());
    }
}
