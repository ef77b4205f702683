package io.docrows.internal.orphan;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * A reference as it will be once staged documents are loaded. Immutable.
 *
 * @param tree the tables of the referring collection, whose documents are staged
 * @param child its table that refers, or null for the documents' own
 * @param reference the reference
 */
public record FutureReference(TableTree tree, @Nullable ChildTable child, Reference reference) {

    /** Whether a row counts as it is: not if its document will refer to another row. */
    Condition isUnchanged(String row, String parent) {
        RowTable documents = tree.documents();
        if (child == null) {
            return notExists(selectOne()
                    .from(documents.documents("s"))
                    .where(documents.isRowOf(row, "s"))
                    .and(documents.terms().distinct(key(), staged(), Terms.field(parent, key()))));
        }
        // The rows of a document that is staged will be those that are staged with it.
        return notExists(selectOne()
                .from(documents.documents("s"), documents.rows("u"))
                .where(documents.isRowOf("u", "s"))
                .and(child.isBelow(row, "u")));
    }

    /** Whether a document will refer to a row. */
    Condition leadsTo(String parent) {
        RowTable documents = tree.documents();
        Table<?> rows = child == null
                ? documents.documents("s")
                : Stage.table(child.staged(), "s")
                        .join(documents.documents("d"))
                        .on(Terms.staged("d", "ord").eq(Terms.staged("s", "ord")));
        return exists(
                selectOne().from(rows).where(documents.terms().same(key(), staged(), Terms.field(parent, key()))));
    }

    private TableField<?, ?> key() {
        return reference.mapping().parentKey();
    }

    private Field<Object> staged() {
        return Terms.staged("s", reference.key());
    }
}
