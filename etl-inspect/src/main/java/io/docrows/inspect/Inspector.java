package io.docrows.inspect;

import io.docrows.error.DocrowsException;
import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.internal.find.FactsOfPaths;
import io.docrows.inspect.internal.find.Findings;
import io.docrows.inspect.internal.find.MeasuredCollection;
import io.docrows.inspect.internal.find.SecondLook;
import io.docrows.inspect.internal.measure.KeyMemory;
import io.docrows.inspect.internal.measure.Limits;
import io.docrows.inspect.internal.measure.PathTree;
import io.docrows.inspect.internal.measure.TooManyPathsException;
import io.docrows.inspect.internal.measure.Walker;
import io.docrows.inspect.internal.read.DocumentSink;
import io.docrows.inspect.internal.read.InterruptedReadingException;
import io.docrows.inspect.internal.read.Scan;
import io.docrows.source.DocumentSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures every document of a source, in bounded memory: the whole of it once, and what may be keys and references a
 * second time. The result is the same for every number of threads and every order of the documents.
 *
 * <pre>{@code
 * try (DocumentSource source = DumpSource.open(Path.of("dump/shop"))) {
 *     Inspection inspection = Inspector.of(source).inspect(InspectOptions.defaults()).orElseThrow();
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe, as far as the source is.
 */
public final class Inspector {

    /** Keys may take a quarter of the memory. */
    private static final int SHARE_OF_KEYS = 4;

    /** Those that are kept from the first reading, an eighth. */
    private static final int SHARE_OF_KEPT_KEYS = 8;

    private final DocumentSource source;

    private Inspector(DocumentSource source) {
        this.source = source;
    }

    /**
     * An inspector of a source.
     *
     * @param source where the documents are; stays open
     * @return an inspector
     */
    public static Inspector of(DocumentSource source) {
        return new Inspector(source);
    }

    /**
     * Reads and measures.
     *
     * @param options what to read, and how
     * @return what was found; empty if it was cancelled
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE}, {@code SOURCE_CORRUPT}, {@code SOURCE_FAILED}, or
     *     {@code SOURCE_COLLECTION_MISSING} when there is no collection of a name that was given
     */
    public Optional<Inspection> inspect(InspectOptions options) {
        return inspect(options, Runtime.getRuntime().maxMemory() / SHARE_OF_KEYS);
    }

    /** The same, with so many bytes for the keys: where they take more, there are several rounds. */
    Optional<Inspection> inspect(InspectOptions options, long memoryOfKeys) {
        try {
            return Optional.of(read(options, memoryOfKeys));
        } catch (InterruptedReadingException e) {
            return Optional.empty();
        }
    }

    private Inspection read(InspectOptions options, long memoryOfKeys) {
        List<String> names = (options.collections().isEmpty() ? source.collections() : options.collections())
                .stream().sorted().toList();
        KeyMemory memory = KeyMemory.ofBytes(Runtime.getRuntime().maxMemory() / SHARE_OF_KEPT_KEYS);
        List<MeasuredCollection> measured = new ArrayList<>();
        for (String name : names) {
            measured.add(measure(name, memory, options));
        }
        SecondLook second = new SecondLook(measured, (collection, pass, fields, walkers) -> {
            options.listener().started(collection, pass, source.estimatedCount(collection));
            scan(options).into(collection, fields, walkers);
            options.listener().finished();
        });
        second.read(memoryOfKeys);
        List<CollectionFacts> collections = measured.stream()
                .map(one -> Findings.of(one, second, options.sample().isEmpty()))
                .toList();
        return new Inspection(source.description(), options.sample().isPresent(), collections, second.references());
    }

    private record Measuring(PathTree tree, Walker walker) implements DocumentSink {

        @Override
        public void document(byte[] document) {
            walker.document(document);
        }
    }

    private MeasuredCollection measure(String name, KeyMemory memory, InspectOptions options) {
        Limits limits = Limits.usual();
        while (true) {
            try {
                return FactsOfPaths.of(name, tree(name, limits, memory, options), !limits.equals(Limits.usual()));
            } catch (TooManyPathsException e) {
                if (limits.areTightest()) {
                    throw e;
                }
                limits = limits.tighter();
            }
        }
    }

    private PathTree tree(String name, Limits limits, KeyMemory memory, InspectOptions options) {
        options.listener().started(name, "measuring", source.estimatedCount(name));
        Scan scan =
                new Scan(source, options.threads(), options.sample(), options.cancellation(), options.listener()::read);
        List<Measuring> parts = scan.into(name, List.of(), () -> {
            PathTree tree = new PathTree(limits, memory);
            return new Measuring(tree, new Walker(tree));
        });
        options.listener().finished();
        PathTree all = new PathTree(limits, memory);
        parts.forEach(part -> all.merge(part.tree()));
        return all;
    }

    private Scan scan(InspectOptions options) {
        return new Scan(source, options.threads(), options.sample(), options.cancellation(), options.listener()::read);
    }
}
