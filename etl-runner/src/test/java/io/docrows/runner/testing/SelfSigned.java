package io.docrows.runner.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and a certificate for localhost, which nobody but themselves vouches for, in a directory. */
public record SelfSigned(Path directory) {

    /** The password of the key stores. */
    public static final String PASSWORD = "changeit";

    /** The only one that the PostgreSQL driver looks for. */
    private static final String ALIAS = "user";

    /** Makes them for a name, with the JDK's keytool. */
    public static SelfSigned make(Path directory, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        SelfSigned made = new SelfSigned(Files.createDirectories(directory));
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        made.keyStore().toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError(Files.readString(directory.resolve("keytool.log")));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(made.keyStore())) {
            store.load(in, PASSWORD.toCharArray());
        }
        pem(made.certificate(), "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
        pem(
                made.key(),
                "PRIVATE KEY",
                store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        Files.setPosixFilePermissions(made.key(), PosixFilePermissions.fromString("rw-------"));
        // For clients that shall trust it: a store with the certificate alone.
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        try (var out = Files.newOutputStream(made.trustStore())) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return made;
    }

    private static void pem(Path file, String what, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    /** PKCS 12, with key and certificate. */
    public Path keyStore() {
        return directory.resolve("self.p12");
    }

    /** PKCS 12, with the certificate only. */
    public Path trustStore() {
        return directory.resolve("trusted.p12");
    }

    /** PEM. */
    public Path certificate() {
        return directory.resolve("self.crt");
    }

    /** PEM, PKCS 8, not encrypted. */
    public Path key() {
        return directory.resolve("self.key");
    }
}
