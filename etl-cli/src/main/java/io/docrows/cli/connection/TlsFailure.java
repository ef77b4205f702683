package io.docrows.cli.connection;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.PGProperty;

/**
 * Says in one line what is wrong with TLS between this program and PostgreSQL. The driver tells most of it with the
 * state of a server that does not answer, and in the language of its messages: causes and settings tell it apart.
 */
final class TlsFailure {

    private TlsFailure() {}

    /**
     * Looks for trouble with TLS.
     *
     * @param e what the driver threw
     * @param address what it tried to reach
     * @return a message, or empty if the trouble is another one
     */
    static Optional<String> of(SQLException e, ServerAddress address) {
        String where = address.location();
        String no = "no secure connection to PostgreSQL at " + where + ": ";
        String said = ConnectionFailure.firstLine(e);
        if (ConnectionFailure.caused(e, FileNotFoundException.class)
                || ConnectionFailure.caused(e, NoSuchFileException.class)) {
            return Optional.of(no
                    + ConnectionFailure.firstLine(ConnectionFailure.root(e))
                    + (names(address, PGProperty.SSL_ROOT_CERT) || names(address, PGProperty.SSL_KEY)
                            ? "; correct sslrootcert, sslcert or sslkey"
                            : "; sslmode=" + address.parameters().get(PGProperty.SSL_MODE.getName())
                                    + " must contain the certificates to trust: put them there, or name"
                                    + " another file in sslrootcert"));
        }
        // The name of a class stays in all translations of the message.
        if (said.contains("HostnameVerifier")) {
            return Optional.of(no
                    + "its certificate is for another host than the address names; use the name in the"
                    + " certificate, or sslmode=verify-ca to accept any name");
        }
        if (ConnectionFailure.caused(e, UnrecoverableKeyException.class)) {
            return Optional.of(no
                    + "the key that sslkey names cannot be opened with this sslpassword; correct sslkey or"
                    + " sslpassword");
        }
        if (ConnectionFailure.caused(e, SSLException.class)
                || ConnectionFailure.caused(e, GeneralSecurityException.class)) {
            return Optional.of(no + ConnectionFailure.firstLine(ConnectionFailure.root(e))
                    + "; check sslmode and sslrootcert in the address");
        }
        if (!"08004".equals(e.getSQLState())) {
            return Optional.empty();
        }
        if ("require".equals(address.parameters().get(PGProperty.CHANNEL_BINDING.getName()))) {
            return Optional.of(
                    "channel_binding=require needs TLS and a password checked with SCRAM, and this connection to"
                            + " PostgreSQL at "
                            + where + " has not both (" + said
                            + "); correct sslmode, give the user a SCRAM password, or leave channel_binding out");
        }
        // The driver has no state of its own for this; SSL is called that in every language of its messages.
        return said.contains("SSL")
                ? Optional.of("PostgreSQL at " + where + " does not offer TLS, which sslmode in the address requires ("
                        + said + "); turn ssl on in the server, or correct sslmode")
                : Optional.empty();
    }

    private static boolean names(ServerAddress address, PGProperty property) {
        return address.parameters().containsKey(property.getName());
    }
}
