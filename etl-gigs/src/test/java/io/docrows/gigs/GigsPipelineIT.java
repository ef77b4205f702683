package io.docrows.gigs;

import static io.docrows.gigs.Decoding.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.embedded.MongoServer;
import io.docrows.embedded.PostgresServer;
import io.docrows.gigs.samples.Samples;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import java.nio.file.Path;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, between the embedded servers. */
final class GigsPipelineIT {

    private static PostgresServer postgres;
    private static MigratedDatabases databases;
    private static MongoServer mongo;
    private static MongoCollections collections;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.temporary();
        databases = MigratedDatabases.on(postgres.jdbcUrl());
        mongo = MongoServer.start();
        collections = new MongoCollections(mongo.connectionString());
    }

    @AfterAll
    static void stop() {
        collections.close();
        mongo.close();
        postgres.close();
    }

    @Nested
    final class FromDump extends GigsContract {

        private Path directory;

        @BeforeEach
        void makeDirectory(@TempDir Path made) {
            directory = made;
        }

        @Override
        DocumentSource source(List<BsonDocument> users, List<BsonDocument> gigs) {
            return new DumpFiles(directory).dump(users, gigs);
        }

        @Override
        DocumentSource sample() {
            return DumpSource.open(Samples.gigs());
        }

        @Override
        MigratedDatabases databases() {
            return databases;
        }

        /** A dump taken while documents moved may hold one twice; MongoDB itself never does. */
        @Test
        void ofADocumentThatComesTwiceTheLastOneStays() {
            List<BsonDocument> users = List.of(
                    json("{_id: 1, name: 'Ada', skills: ['Baker']}"),
                    json("{_id: 2, name: 'Ben'}"),
                    json("{_id: 1, name: 'Ada B.', skills: ['Tiler']}"));

            RunReport report = load(source(users, List.of()), RunOptions.defaults());

            assertThat(counts(report, "users")).isEqualTo(new Counts(3, 2, 0, 0, 0, 1));
            assertThat(target().user("1").getName()).isEqualTo("Ada B.");
            assertThat(target().skills("1")).containsExactly("Tiler");
        }
    }

    @Nested
    @Tag("long")
    final class FromMongo extends GigsContract {

        @Override
        DocumentSource source(List<BsonDocument> users, List<BsonDocument> gigs) {
            return collections.holding(users, gigs);
        }

        @Override
        DocumentSource sample() {
            return collections.holding(Samples.gigs());
        }

        @Override
        MigratedDatabases databases() {
            return databases;
        }
    }
}
