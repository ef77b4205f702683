package io.docrows.cli.testing;

import static io.docrows.cli.testing.db.Tables.LOANS;
import static io.docrows.cli.testing.db.Tables.READERS;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.PipelineSchema;
import io.docrows.mapping.CollectionMapping;

/** Two collections, two tables, migrations of their own. */
public final class LibraryPipeline implements PipelineProvider {

    private final String name;
    private final String migrations;

    /** Called by the service loader. */
    public LibraryPipeline() {
        this("library");
    }

    public LibraryPipeline(String name) {
        this(name, "classpath:db/library");
    }

    public LibraryPipeline(String name, String migrations) {
        this.name = name;
        this.migrations = migrations;
    }

    @Override
    public Pipeline pipeline() {
        return Docrows.pipeline(
                name,
                CollectionMapping.of("readers", READERS)
                        .key(READERS.MONGO_ID, id("_id"))
                        .map(READERS.NAME, string("name"))
                        .build(),
                CollectionMapping.of("loans", LOANS)
                        .key(LOANS.MONGO_ID, id("_id"))
                        .map(LOANS.TITLE, string("title"))
                        .reference(LOANS.READER_ID, id("reader"), READERS.MONGO_ID)
                        .build());
    }

    @Override
    public PipelineSchema schema() {
        return PipelineSchema.of(name, migrations);
    }
}
