package io.docrows.scaffold.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.scaffold.testing.Built;
import org.junit.jupiter.api.Test;

/**
 * The definition of tables that somebody has made works on a server that has nothing but what comes with PostgreSQL.
 */
final class CatalogReaderIT {

    /** As applications, their frameworks and their hosts make them. */
    private static final String TABLES = """
            CREATE SCHEMA auth;
            CREATE SCHEMA extensions;
            CREATE EXTENSION "uuid-ossp";
            CREATE EXTENSION pg_trgm;
            CREATE EXTENSION citext;
            CREATE EXTENSION hstore SCHEMA extensions;
            CREATE TABLE auth.users (id uuid PRIMARY KEY);
            CREATE SEQUENCE auth.numbers;
            CREATE TYPE auth.role AS ENUM ('a');
            CREATE TYPE place AS (x integer, y integer);
            CREATE TYPE span AS RANGE (SUBTYPE = integer);
            CREATE TYPE mood AS ENUM ('glad', 'sad');
            CREATE FUNCTION next_code() RETURNS text LANGUAGE sql AS 'SELECT ''c''';
            CREATE FUNCTION is_fine(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
            CREATE FUNCTION shout(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper($1)';
            CREATE DOMAIN fine AS text CHECK (is_fine(VALUE)) CHECK (VALUE <> '');
            CREATE DOMAIN moods AS mood[];
            CREATE DOMAIN here AS place;
            CREATE TABLE users (
                id      uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
                user_id uuid NOT NULL REFERENCES auth.users,
                email   citext NOT NULL UNIQUE,
                more    extensions.hstore DEFAULT '',
                code    text NOT NULL DEFAULT next_code() CHECK (is_fine(code)) CHECK (code <> ''),
                loud    text GENERATED ALWAYS AS (shout(code)) STORED,
                quiet   text GENERATED ALWAYS AS (lower(code)) STORED,
                number  bigint DEFAULT nextval('auth.numbers'),
                nr      serial,
                role    auth.role DEFAULT 'a',
                at      place,
                spans   span[],
                home    here,
                feels   moods DEFAULT '{glad}',
                fine    fine,
                cast_   text DEFAULT 'a'::auth.role CHECK (cast_ <> 'a'::auth.role::text),
                UNIQUE (code, at)
            );
            CREATE UNIQUE INDEX ON users (code);
            CREATE TABLE users_log (
                email citext REFERENCES users (email), id integer PRIMARY KEY, of uuid REFERENCES users, by text REFERENCES users (code), CHECK (id > 0)
            );
            """;

    private static Tables read(String sql, boolean defines) throws Exception {
        return Built.withDatabase(sql, connection -> CatalogReader.read(connection, defines));
    }

    @Test
    void theDefinitionOfRealTablesRunsOnAnEmptyServer() throws Exception {
        Tables tables = read(TABLES, true);

        String definition = tables.definition();
        assertThat(definition)
                .contains("CREATE EXTENSION IF NOT EXISTS citext SCHEMA public;")
                .contains("CREATE SCHEMA IF NOT EXISTS extensions;")
                .contains("CREATE EXTENSION IF NOT EXISTS hstore SCHEMA extensions;")
                .doesNotContain("uuid-ossp", "pg_trgm", "auth.", "next_code", "is_fine", "shout", "place", "span");
        assertThat(definition).contains("quiet text GENERATED ALWAYS AS (lower(code)) STORED");
        assertThat(definition).contains("FOREIGN KEY (email) REFERENCES users(email)");
        Tables again = read(definition, true);
        ExistingTable users = tables.table("users").orElseThrow();
        ExistingTable made = again.table("users").orElseThrow();
        assertThat(made.columns())
                .isEqualTo(users.columns().stream()
                        .filter(column -> !column.absent())
                        .map(column -> column.name().equals("loud")
                                ? new ExistingColumn("loud", "text", false, true, false, false)
                                : column)
                        .toList());
        assertThat(users.columns())
                .filteredOn(ExistingColumn::absent)
                .extracting(ExistingColumn::name)
                .containsExactly("role", "at", "spans", "home");
        assertThat(users.foreignKey("user_id").orElseThrow().target()).isEqualTo("auth.users");
        ExistingTable log = tables.table("users_log").orElseThrow();
        assertThat(log.foreignKey("of").orElseThrow().target()).isEqualTo("users");
        assertThat(log.foreignKey("by").orElseThrow().target()).isEqualTo("public.users");
    }

    @Test
    void ofMigrationsThatAreAtHandEveryColumnIsThere() throws Exception {
        assertThat(read(TABLES, false).table("users").orElseThrow().columns()).noneMatch(ExistingColumn::absent);
    }

    @Test
    void whoeverConnectsWithAnotherSearchPathReadsTheSame() throws Exception {
        String moved = TABLES + "SET search_path = auth, extensions;";

        assertThat(read(moved, true).definition()).isEqualTo(read(TABLES, true).definition());
    }
}
