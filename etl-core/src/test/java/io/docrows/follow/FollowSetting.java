package io.docrows.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.embedded.MongoServer;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.VerifyReport;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** An embedded server that tells its changes for all tests of a class; a database of each side for one of them. */
abstract class FollowSetting {

    @SuppressWarnings("NullAway.Init")
    static MongoServer server;

    final WrittenDatabase mongo = new WrittenDatabase(server);
    final Database database = Bookshop.database();

    @BeforeAll
    static void start() {
        server = MongoServer.startWithOplog();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    final ConnectedPipeline connected(String name, CollectionMapping<?>... mappings) {
        return Docrows.pipeline(name, mappings).source(mongo.source()).target(database.target());
    }

    static void assertEqual(ConnectedPipeline pipeline) {
        VerifyReport report = pipeline.verify(VerifyOptions.defaults());
        assertThat(report.isEqual()).as("%s", report).isTrue();
    }
}
