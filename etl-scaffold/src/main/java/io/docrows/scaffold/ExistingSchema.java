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

    private final boolean defined;

    private ExistingSchema(Tables tables, Map<String, String> migrations, boolean defined) {
        this.tables = tables;
        this.defined = defined;
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
        Tables tables = CatalogReader.read(database, migrations.isEmpty());
        return new ExistingSchema(
                tables,
                migrations.orElseGet(() -> Map.of("V1__existing_schema.sql", tables.definition())),
                migrations.isEmpty());
    }

    /**
     * The migration that was written because none was at hand.
     *
     * @return SQL that makes tables like these on an empty server; empty if they have migrations
     */
    public Optional<String> definition() {
        return defined ? Optional.of(tables.definition()) : Optional.empty();
    }

    Tables tables() {
        return tables;
    }

    Map<String, String> migrations() {
        return migrations;
    }
}
