package io.docrows;

import io.docrows.error.DocrowsException;
import io.docrows.mapping.CollectionMapping;
import java.util.List;

/**
 * The way in.
 *
 * <pre>{@code
 * RunReport report = Docrows.pipeline("shop", customers, orders)
 *         .source(DumpSource.open(Path.of("dump/shop")))
 *         .target(dataSource)
 *         .run(RunOptions.defaults());
 * }</pre>
 */
public final class Docrows {

    private Docrows() {}

    /**
     * A pipeline over some collections. The order does not matter: tables are loaded in the order of their references.
     *
     * @param name the pipeline's name, under which its runs, checkpoints, rejects and lock are kept
     * @param mappings at least one mapping, each of another collection
     * @return the pipeline, still without source and target: it describes, and cannot be run before it has both
     * @throws DocrowsException {@code INVALID_MAPPING} if the tables refer to each other in a circle, or a collection
     *     or table is mapped twice
     */
    public static Pipeline pipeline(String name, CollectionMapping<?>... mappings) {
        return Pipeline.of(name, List.of(mappings));
    }
}
