package io.docrows.scaffold;

import io.docrows.scaffold.internal.schema.CatalogReader;
import io.docrows.scaffold.internal.schema.Tables;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tables that are there already, for a project whose mappings lead into them. Immutable. */
public final class ExistingSchema {

    private final Tables tables;
    private final Map<String, String> migrations;

    private ExistingSchema(Tables tables, Map<String, String> migrations) {
        this.tables = tables;
        this.migrations = new TreeMap<>(migrations);
    }

    /**
     * The tables of a database's schema {@code public}.
     *
     * @param database a connection to it; nothing is written
     * @param migrations the migrations that made them, by file name; empty if they are not at hand. One that makes such
     *     tables is written then, for the project's build
     * @return what is there
     */
    public static ExistingSchema read(Connection database, Optional<Map<String, String>> migrations) {
        Tables tables = CatalogReader.read(database);
        return new ExistingSchema(
                tables, migrations.orElseGet(() -> Map.of("V1__existing_schema.sql", tables.definition())));
    }

    Tables tables() {
        return tables;
    }

    Map<String, String> migrations() {
        return migrations;
    }
}
