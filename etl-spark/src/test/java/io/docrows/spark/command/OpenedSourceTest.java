package io.docrows.spark.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.cli.connection.KeyStores;
import io.docrows.cli.connection.SourceAddress;
import io.docrows.error.DocrowsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an executor makes of the source, which came to it over the network. */
final class OpenedSourceTest {

    private static final Map<String, String> STORES = Map.of(
            "javax.net.ssl.trustStore", "/etc/etl/trusted.p12",
            "javax.net.ssl.trustStorePassword", "first",
            "javax.net.ssl.keyStore", "/etc/etl/own.p12",
            "javax.net.ssl.keyStorePassword", "second");

    @AfterEach
    void forget() {
        STORES.keySet().forEach(System::clearProperty);
    }

    private static OpenedSource inAnExecutor(OpenedSource source) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(source);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (OpenedSource) in.readObject();
        }
    }

    @Test
    void anExecutorHasTheKeyStoresOfTheDriverBeforeItConnects() throws Exception {
        OpenedSource source = inAnExecutor(
                OpenedSource.of(new SourceAddress.Mongo("mongodb://localhost:1/shop?serverSelectionTimeoutMS=50")
                        .with(new KeyStores(STORES))));
        assertThat(System.getProperty("javax.net.ssl.trustStore")).isNull();

        // There is no server, which is found out after they were set.
        assertThatThrownBy(source::open).isInstanceOf(DocrowsException.class);

        STORES.forEach((name, value) -> assertThat(System.getProperty(name)).isEqualTo(value));
        assertThat(source).hasToString("OpenedSource[MONGO]");
    }
}
