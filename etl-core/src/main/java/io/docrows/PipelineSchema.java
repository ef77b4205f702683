package io.docrows;

/**
 * Where a pipeline's tables are, and what makes them. Whatever a session's search path is, whoever the role and
 * whatever the database's settings: tables and history are in this schema.
 *
 * @param pipeline the pipeline's name
 * @param migrations Flyway's location of the migrations, such as {@code classpath:db/shop}
 * @param schema the schema of the tables, as the generated classes name it
 * @param history the table in that schema in which Flyway keeps which migrations were applied: one of the pipeline's
 *     own, since an application may well have a {@code flyway_schema_history} beside it
 */
public record PipelineSchema(String pipeline, String migrations, String schema, String history) {

    /** The schema that a database has from the beginning. */
    public static final String PUBLIC = "public";

    /**
     * Returns the schema {@code public}, with a history named after the pipeline.
     *
     * @param pipeline the pipeline's name
     * @param migrations Flyway's location of the migrations
     * @return the settings
     */
    public static PipelineSchema of(String pipeline, String migrations) {
        return new PipelineSchema(pipeline, migrations, PUBLIC, "docrows_" + pipeline + "_history");
    }
}
