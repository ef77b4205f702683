package io.docrows.runner.testing;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bson.Document;

/** A MongoDB-compatible server that speaks TLS only, with one empty collection. */
public final class TlsMongo implements AutoCloseable {

    private final MongoServer server;

    private TlsMongo(MongoServer server) {
        this.server = server;
    }

    /** Starts it on localhost. */
    public static TlsMongo start(SelfSigned own, String database, String collection) throws Exception {
        KeyStore keys = load(own.keyStore());
        char[] password = SelfSigned.PASSWORD.toCharArray();
        String alias = keys.aliases().nextElement();
        MongoServer server = new MongoServer(new MemoryBackend());
        server.enableSsl((PrivateKey) keys.getKey(alias, password), null, (X509Certificate) keys.getCertificate(alias));
        server.bind("localhost", 0);
        create(own, server.getLocalAddress(), database, collection);
        return new TlsMongo(server);
    }

    public int port() {
        return server.getLocalAddress().getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static void create(SelfSigned own, InetSocketAddress address, String database, String collection)
            throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(own.trustStore()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyToClusterSettings(cluster ->
                        cluster.hosts(List.of(new com.mongodb.ServerAddress("localhost", address.getPort()))))
                .applyToSslSettings(ssl -> ssl.enabled(true).context(context))
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            var documents = client.getDatabase(database).getCollection(collection);
            documents.insertOne(new Document("_id", 1));
            documents.deleteMany(new Document());
        }
    }

    private static KeyStore load(java.nio.file.Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, SelfSigned.PASSWORD.toCharArray());
        }
        return store;
    }
}
