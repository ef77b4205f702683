# For the scripts beside this folder, to be sourced: a MongoDB-compatible server, mongo-java-server 1.47.0 from Maven Central, in memory.
# It introduces itself as MongoDB 5.0 (wire version 13). Nothing of it is Docrows's. Needs a JDK 17 or later and lib/postgres.sh (maven).
#
#   mongo_start     starts one and sets MONGO to its URI, without a database; mongo_stop ends it

mongo_start() {
    mkdir "$work/mongo"
    cat >"$work/mongo/pom.xml" <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId>
  <artifactId>mongo</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>de.bwaldvogel</groupId>
      <artifactId>mongo-java-server</artifactId>
      <version>1.47.0</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
XML
    cat >"$work/mongo/Serve.java" <<'JAVA'
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

public class Serve {
    public static void main(String[] args) throws java.io.IOException {
        var server = new MongoServer(new MemoryBackend().version(new MongoVersion() {
            @Override
            public List<Integer> getVersionArray() {
                return List.of(5, 0, 0);
            }

            @Override
            public int getWireVersion() {
                return 13; // the library's own constant for 5.0 says 8, which drivers of today refuse
            }
        }));
        System.out.println("mongodb://127.0.0.1:" + server.bind().getPort());
        while (System.in.read() >= 0) {
            // until whoever started it goes
        }
        server.shutdownNow();
    }
}
JAVA
    maven -f "$work/mongo/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/mongo/lib"
    mkfifo "$work/mongo/stop"
    java -cp "$work/mongo/lib/*" "$work/mongo/Serve.java" <"$work/mongo/stop" >"$work/mongo/uri" 2>"$work/mongo/log" &
    mongo_process=$!
    exec 9>"$work/mongo/stop"
    until [ -s "$work/mongo/uri" ]; do
        kill -0 "$mongo_process" 2>/dev/null || { cat "$work/mongo/log" >&2; return 1; }
        sleep 0.2
    done
    MONGO=$(cat "$work/mongo/uri")
    export MONGO
}

mongo_stop() {
    [ -n "${mongo_process:-}" ] || return 0
    exec 9>&-
    kill "$mongo_process" 2>/dev/null || true
    wait "$mongo_process" 2>/dev/null || true
}
