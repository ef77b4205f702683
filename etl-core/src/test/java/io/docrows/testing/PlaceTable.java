package io.docrows.testing;

import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultDataType;
import org.jooq.impl.Internal;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.jooq.impl.TableRecordImpl;

/** What Docrows's generator makes of a table with columns of PostGIS. */
public final class PlaceTable extends TableImpl<PlaceTable.PlaceRecord> {

    /** The table itself. */
    public static final String SQL = """
            CREATE SCHEMA gis;
            CREATE EXTENSION postgis SCHEMA gis;
            CREATE TABLE place (
                mongo_id text                             PRIMARY KEY,
                at       gis.geometry(Point, 4326),
                area     gis.geometry,
                spot     gis.geography(Point)
            );
            CREATE INDEX ON place USING gist (at);
            """;

    public static final PlaceTable PLACE = new PlaceTable();

    public final TableField<PlaceRecord, String> mongoId =
            createField(DSL.name("mongo_id"), SQLDataType.CLOB.nullable(false), this, "");
    public final TableField<PlaceRecord, String> at = gis("at", "geometry");
    public final TableField<PlaceRecord, String> area = gis("area", "geometry");
    public final TableField<PlaceRecord, String> spot = gis("spot", "geography");

    private PlaceTable() {
        super(DSL.name("public", "place"));
    }

    private TableField<PlaceRecord, String> gis(String column, String type) {
        return createField(
                DSL.name(column),
                new DefaultDataType<>(SQLDialect.DEFAULT, String.class, "\"gis\".\"" + type + "\""),
                this,
                "");
    }

    @Override
    public Class<PlaceRecord> getRecordType() {
        return PlaceRecord.class;
    }

    @Override
    public UniqueKey<PlaceRecord> getPrimaryKey() {
        return Internal.createUniqueKey(this, DSL.name("place_pkey"), new TableField[] {mongoId}, true);
    }

    @Override
    public List<UniqueKey<PlaceRecord>> getUniqueKeys() {
        return List.of();
    }

    /** A row. */
    public static final class PlaceRecord extends TableRecordImpl<PlaceRecord> {

        /** Made by jOOQ, through reflection. */
        public PlaceRecord() {
            super(PLACE);
        }
    }
}
