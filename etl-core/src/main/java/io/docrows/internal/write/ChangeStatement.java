package io.docrows.internal.write;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * The query that finds the staged documents which may have something to write: whose row or links are missing or
 * differ, or which lead to a row that is not known. All others need no further look.
 *
 * <p>Every document costs one look-up of its row and one of its links, whatever PostgreSQL believes of the tables:
 * where it has no statistics yet, it would rather read all of a table, for every batch anew.
 */
final class ChangeStatement {

    private static final String STAGE = StagingTables.DOCUMENTS;

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final RowImage row;
    private final String table;
    private final String key;

    ChangeStatement(CollectionMapping<?> mapping, TableCatalog catalog) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.row = new RowImage(mapping);
        this.table = Sql.table(mapping.table());
        this.key = Sql.column(mapping.key());
    }

    /** Returns the {@code ord} of each such document, and whether it has a row. */
    String sql() {
        // A subquery with a limit is not merged into the join, so that it stays a look-up.
        StringBuilder from = new StringBuilder(STAGE + " s LEFT JOIN LATERAL (SELECT * FROM " + table + " x WHERE "
                + equal(mapping.key(), "x." + key, "s.c0") + " LIMIT 1) t ON true");
        List<String> conditions = new ArrayList<>(List.of("t." + key + " IS NULL"));
        for (ReferenceMapping<?> reference : mapping.references()) {
            conditions.add("(s.r" + reference.index() + " IS NOT NULL AND " + parentId(reference) + " IS NULL)");
        }
        if (row.hasMoreThanKey()) {
            conditions.add(RowImage.differ(row.stored(), row.values(ChangeStatement::parentId)));
        }
        for (JoinMapping join : mapping.joins()) {
            if (isIndexed(join)) {
                conditions.add(wantedIds(join) + " IS DISTINCT FROM " + linkedIds(join));
            } else {
                String linked = "y" + join.index();
                from.append(" LEFT JOIN (")
                        .append(allLinkedIds(join))
                        .append(") ")
                        .append(linked);
                from.append(" ON ").append(linked).append(".ord = s.ord");
                conditions.add(wantedIds(join) + " IS DISTINCT FROM COALESCE(" + linked + ".ids, '{}')");
            }
        }
        return "SELECT s.ord, t." + key + " IS NOT NULL FROM " + from + " WHERE " + String.join(" OR ", conditions);
    }

    private static String parentId(ReferenceMapping<?> reference) {
        return "s." + StagingTables.parentId(reference);
    }

    /** The ids that a document is to be linked to, in order; NULL if one of them is not known. */
    private static String wantedIds(JoinMapping join) {
        String ids = "s." + StagingTables.linkedIds(join);
        return Number.class.isAssignableFrom(join.join().other().getType())
                ? ids
                : "CASE WHEN " + ids + " IS NOT NULL THEN ARRAY(SELECT unnest(" + ids + ") ORDER BY 1) END";
    }

    /** The ids that one row is linked to, in order. */
    private String linkedIds(JoinMapping join) {
        return "ARRAY(SELECT j." + Sql.column(join.join().other()) + " FROM "
                + Sql.table(join.join().table()) + " j WHERE " + isLinkOf(join, "t") + " ORDER BY 1)";
    }

    /** The ids that the rows of all staged documents are linked to: the join table is read once. */
    private String allLinkedIds(JoinMapping join) {
        String other = "j." + Sql.column(join.join().other());
        return "SELECT z.ord, array_agg(" + other + " ORDER BY " + other + ") AS ids FROM " + STAGE + " z JOIN " + table
                + " o ON " + equal(mapping.key(), "o." + key, "z.c0") + " JOIN "
                + Sql.table(join.join().table()) + " j ON " + isLinkOf(join, "o") + " GROUP BY z.ord";
    }

    private String isLinkOf(JoinMapping join, String row) {
        return equal(join.ownerId(), "j." + Sql.column(join.join().owner()), row + "." + Sql.column(join.ownerId()));
    }

    private String equal(TableField<?, ?> column, String left, String right) {
        return catalog.equality(column).equal(left, right);
    }

    /** Whether an index begins with the column that leads to the mapped table. */
    private static boolean isIndexed(JoinMapping join) {
        Table<?> table = join.join().table();
        Stream<String> ofKeys =
                table.getKeys().stream().map(key -> key.getFields().get(0).getName());
        Stream<String> ofIndexes = table.getIndexes().stream()
                .filter(index -> index.getWhere() == null)
                .map(index -> index.getFields().get(0).getName());
        return Stream.concat(ofKeys, ofIndexes).anyMatch(join.join().owner().getName()::equals);
    }
}
