package io.docrows.source.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.connection.ClusterSettings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a database is, without credentials. Immutable.
 *
 * @param hosts the seeds of the connection string, {@code host:port}, separated by commas
 * @param srv whether the host is to be looked up as a DNS seed list
 * @param database the database
 */
record MongoPlace(String hosts, boolean srv, String database) {

    static MongoPlace of(ConnectionString uri, String database) {
        return new MongoPlace(hosts(uri), uri.isSrvProtocol(), database);
    }

    static MongoPlace of(ClusterSettings cluster, String database) {
        String srvHost = cluster.getSrvHost();
        String hosts = srvHost != null
                ? srvHost
                : cluster.getHosts().stream().map(String::valueOf).collect(Collectors.joining(","));
        return new MongoPlace(hosts, srvHost != null, database);
    }

    static String hosts(ConnectionString uri) {
        List<String> hosts = uri.getHosts();
        return hosts.stream()
                .map(host -> uri.isSrvProtocol() || host.matches(".*:[0-9]+|.*\\.sock") ? host : host + ":27017")
                .collect(Collectors.joining(","));
    }

    String description() {
        return (srv ? "mongodb+srv://" : "mongodb://") + hosts + "/" + database;
    }
}
