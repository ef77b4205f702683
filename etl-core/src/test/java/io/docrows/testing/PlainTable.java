package io.docrows.testing;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultDataType;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.impl.TableRecordImpl;
import org.jooq.types.YearToSecond;

/**
 * What jOOQ's own generator makes of a table, with its defaults and {@code timestamptz} as instants: it says nothing of
 * columns that PostgreSQL computes, of the precision of an instant, takes a numeric for an integer, and knows an inet
 * as an object.
 */
public final class PlainTable extends TableImpl<PlainTable.PlainRecord> {

    /** The table itself. */
    public static final String SQL = """
            CREATE TABLE plain (
                mongo_id text           PRIMARY KEY,
                amount   integer        NOT NULL,
                doubled  integer        GENERATED ALWAYS AS (amount * 2) STORED NOT NULL,
                whole    numeric(5),
                long     numeric(20),
                at       timestamptz(3),
                at_once  timestamptz(0),
                host     inet,
                length   interval
            )
            """;

    public static final PlainTable PLAIN = new PlainTable();

    public final TableField<PlainRecord, String> mongoId =
            createField(DSL.name("mongo_id"), SQLDataType.CLOB.nullable(false), this, "");
    public final TableField<PlainRecord, Integer> amount =
            createField(DSL.name("amount"), SQLDataType.INTEGER.nullable(false), this, "");
    public final TableField<PlainRecord, Integer> doubled =
            createField(DSL.name("doubled"), SQLDataType.INTEGER.nullable(false), this, "");
    public final TableField<PlainRecord, Integer> whole = createField(DSL.name("whole"), SQLDataType.INTEGER, this, "");
    public final TableField<PlainRecord, BigInteger> huge =
            createField(DSL.name("long"), SQLDataType.DECIMAL_INTEGER.precision(20), this, "");
    public final TableField<PlainRecord, Instant> at = createField(DSL.name("at"), SQLDataType.INSTANT, this, "");
    public final TableField<PlainRecord, Instant> atOnce =
            createField(DSL.name("at_once"), SQLDataType.INSTANT, this, "");

    public final TableField<PlainRecord, Object> host =
            createField(DSL.name("host"), DefaultDataType.getDefaultDataType("\"pg_catalog\".\"inet\""), this, "");
    public final TableField<PlainRecord, YearToSecond> length =
            createField(DSL.name("length"), SQLDataType.INTERVAL, this, "");

    private PlainTable() {
        super(DSL.name("public", "plain"));
    }

    @Override
    public Class<PlainRecord> getRecordType() {
        return PlainRecord.class;
    }

    @Override
    public UniqueKey<PlainRecord> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("plain_pkey"), new TableField[] {mongoId}, true);
    }

    @Override
    public List<UniqueKey<PlainRecord>> getUniqueKeys() {
        return List.of();
    }

    /** A row. */
    public static final class PlainRecord extends TableRecordImpl<PlainRecord> {

        /** Made by jOOQ, through reflection. */
        public PlainRecord() {
            super(PLAIN);
        }
    }
}
