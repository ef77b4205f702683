package io.docrows.cli.connection;

import java.util.Map;

/**
 * Key stores for TLS to MongoDB, as properties of the Java process: the driver has no option for them. Immutable;
 * {@link #toString()} holds no secret.
 *
 * @param properties the names that Java gives them, and their values, passwords among them
 */
public record KeyStores(Map<String, String> properties) {

    /** Those that Java has by itself. */
    public static final KeyStores NONE = new KeyStores(Map.of());

    /** Copies the map. */
    public KeyStores {
        properties = Map.copyOf(properties);
    }

    /** Has them used by this process, if that is done before it makes its first connection with TLS. */
    public void use() {
        properties.forEach(System::setProperty);
    }

    @Override
    public String toString() {
        return "KeyStores" + properties.keySet();
    }
}
