package io.docrows.cli.connection;

/** Where an address of a PostgreSQL was written, for messages that say where to correct it. */
public enum AddressOption {
    /** The database that is loaded. */
    TARGET("--target or DB_URL_PSQL", "--target, DB_URL_PSQL, --target-password-file"),
    /** The database whose schema is mapped. */
    SCHEMA("--schema", "--schema");

    private final String places;
    private final String passwords;

    AddressOption(String places, String passwords) {
        this.places = places;
        this.passwords = passwords;
    }

    /** Where to correct the address. */
    String places() {
        return places;
    }

    /** Where a password may stand. */
    String passwords() {
        return passwords + ", " + ServerAddress.PASSWORD_VARIABLE + " or the file PGPASSFILE names";
    }
}
