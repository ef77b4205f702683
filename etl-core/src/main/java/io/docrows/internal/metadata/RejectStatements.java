package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.REJECT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.db.tables.Reject;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.StoredText;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * The SQL on {@code docrows.reject} for one collection, for whoever has its documents or their {@code _id}s in a table.
 * In the statements, {@code r} is the reject.
 */
public final class RejectStatements {

    private static final Reject R = REJECT.as("r");

    private final Condition ofCollection;

    /**
     * The statements for one collection.
     *
     * @param text how the target stores names
     * @param pipeline the pipeline's name
     * @param collection the collection's name
     */
    public RejectStatements(StoredText text, String pipeline, String collection) {
        this.ofCollection = R.PIPELINE
                .eq(inline(text.stored(pipeline), SQLDataType.CLOB))
                .and(R.COLLECTION.eq(inline(text.stored(collection), SQLDataType.CLOB)));
    }

    /**
     * Whether a document is rejected as it is: its reject is looked up by itself. As a join, PostgreSQL would compare
     * each document with every reject where it has no statistics of them yet, right after a load.
     *
     * @param key its {@code _id} as it is stored
     * @param digest the SHA-256 of its bytes
     * @return a condition, never unknown
     */
    public Condition isRejected(Field<String> key, Field<byte[]> digest) {
        Condition same = field("sha256({0})", byte[].class, R.DOCUMENT).eq(digest);
        return condition(coalesce(
                field(select(field(same)).from(R).where(ofCollection).and(R.DOCUMENT_KEY.eq(key))), inline(false)));
    }

    /**
     * Whether there are rejects.
     *
     * @return a query for a number, which is above 0 if so
     */
    public String countAny() {
        return Sql.text(selectCount()
                .from(selectOne().from(R).where(ofCollection).limit(inline(1)).asTable("one")));
    }

    /**
     * How many rejects there are.
     *
     * @return a query for a number
     */
    public String count() {
        return Sql.text(selectCount().from(R).where(ofCollection));
    }

    /**
     * How many rejects have no document any more.
     *
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}
     * @return a query for a number
     */
    public String countOrphans(Table<?> seen) {
        return Sql.text(selectCount().from(R).where(ofCollection).and(isOrphan(seen)));
    }

    /**
     * Forgets rejects that have no document any more.
     *
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}
     * @return the statement
     */
    public String deleteOrphans(Table<?> seen) {
        return Sql.text(Sql.dsl().deleteFrom(R).where(ofCollection).and(isOrphan(seen)));
    }

    private static Condition isOrphan(Table<?> seen) {
        return notExists(selectOne()
                .from(seen.as("s"))
                .where(field(name("s", "id"), String.class).eq(R.DOCUMENT_KEY)));
    }
}
