package io.docrows.internal.follow;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.compare.VerifyEngine;
import io.docrows.internal.metadata.BookkeepingTables;
import io.docrows.internal.metadata.FollowStore;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Difference;
import io.docrows.report.VerifyReport;
import io.docrows.run.Cancellation;
import io.docrows.run.VerifyOptions;
import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.bson.BsonTimestamp;

/**
 * Compares source and target while another process applies changes. No two moments of the two sides can be had that
 * belong together, so what differs is compared again once all changes until then are applied: a document that was on
 * its way the first time is equal, and one that is wrong goes on differing. Used once.
 */
public final class FollowedVerification {

    private static final int PASSES = 4;
    private static final int ALL_SAMPLES = 10_000;

    /** A quiet source's position is stored once a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String pipeline;
    private final List<CollectionMapping<?>> mappings;
    private final ChangeSource source;
    private final DataSource target;
    private final VerifyOptions options;
    private final Cancellation cancellation;

    /**
     * Prepares it.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param source where documents come from
     * @param target where rows are
     * @param options what to compare
     * @param cancellation stops it
     * @throws DocrowsException {@code SOURCE_NOT_FOLLOWABLE} if the source tells no changes
     */
    public FollowedVerification(
            String pipeline,
            List<CollectionMapping<?>> mappings,
            DocumentSource source,
            DataSource target,
            VerifyOptions options,
            Cancellation cancellation) {
        this.pipeline = pipeline;
        this.mappings = mappings;
        this.source = ChangeSource.of(source);
        this.target = target;
        this.options = options;
        this.cancellation = cancellation;
    }

    /** What differed in each pass until now. */
    private record Key(String collection, String table, String key) {}

    /**
     * Compares.
     *
     * @return what differed each time
     * @throws DocrowsException {@code INVALID_OPTION} if nothing follows the source
     */
    public VerifyReport run() {
        long started = System.nanoTime();
        reached();
        VerifyReport first = compare(options);
        Map<String, CollectionVerification> last = new LinkedHashMap<>();
        first.collections().forEach(each -> last.put(name(each), each));
        Set<Key> open = keys(first.collections());
        boolean all = first.collections().stream().allMatch(FollowedVerification::listsAll);
        for (int pass = 2; pass <= PASSES && all && !open.isEmpty() && !cancellation.isRequested(); pass++) {
            awaitApplied(source.time());
            VerifyReport again = compare(
                    options.collections(open.stream().map(Key::collection).collect(Collectors.toSet())));
            if (again.interrupted()) {
                break;
            }
            again.collections().forEach(each -> last.put(name(each), each));
            all = again.collections().stream().allMatch(FollowedVerification::listsAll);
            if (all) {
                open.retainAll(keys(again.collections()));
            }
        }
        boolean settled = all;
        return new VerifyReport(
                pipeline,
                source.description(),
                first.interrupted() || cancellation.isRequested(),
                Duration.ofNanos(System.nanoTime() - started),
                last.values().stream()
                        .map(each -> settled ? settled(each, open) : each)
                        .toList());
    }

    private VerifyReport compare(VerifyOptions what) {
        return new VerifyEngine(pipeline, mappings, source, target, what.samples(ALL_SAMPLES), cancellation).run();
    }

    private static String name(CollectionVerification one) {
        return one.collection() + " " + one.table();
    }

    private static boolean listsAll(CollectionVerification one) {
        return one.differences().size() == one.different() + one.missing() + one.extra();
    }

    private static Set<Key> keys(List<CollectionVerification> collections) {
        Set<Key> keys = new HashSet<>();
        for (CollectionVerification one : collections) {
            one.differences().forEach(difference -> keys.add(new Key(one.collection(), one.table(), difference.key())));
        }
        return keys;
    }

    /** Without what was equal in another pass; rows and documents that had none on the other side are not counted. */
    private CollectionVerification settled(CollectionVerification one, Set<Key> open) {
        Map<Difference.Kind, Long> numbers = new EnumMap<>(Difference.Kind.class);
        List<Difference> left = new ArrayList<>();
        for (Difference difference : one.differences()) {
            if (open.contains(new Key(one.collection(), one.table(), difference.key()))
                    && numbers.merge(difference.kind(), 1L, Long::sum) <= options.samples()) {
                left.add(difference);
            }
        }
        long different = numbers.getOrDefault(Difference.Kind.DIFFERENT, 0L);
        long missing = numbers.getOrDefault(Difference.Kind.MISSING, 0L);
        long extra = numbers.getOrDefault(Difference.Kind.EXTRA, 0L);
        return new CollectionVerification(
                one.collection(),
                one.table(),
                one.partial(),
                one.documents() - one.missing() + missing,
                one.rows() - one.extra() + extra,
                one.equal() + one.different() - different,
                different,
                missing,
                one.rejected(),
                one.superseded(),
                one.unmatched(),
                extra,
                one.outdated(),
                one.marked(),
                one.waiting(),
                different == 0 ? Map.of() : one.columns(),
                different == 0 ? Map.of() : one.joins(),
                different == 0 ? Map.of() : one.children(),
                left,
                one.duration());
    }

    private void awaitApplied(BsonTimestamp moment) {
        long began = System.nanoTime();
        while (reached().compareTo(moment) < 0 && !cancellation.isRequested()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw notFollowed("has applied no change for " + PATIENCE.toMinutes() + " minutes");
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException stop) {
                cancellation.request();
                Thread.currentThread().interrupt();
            }
        }
    }

    private BsonTimestamp reached() {
        OptionalLong reached;
        try (TargetSession session = TargetSession.open(target, true, "docrows " + pipeline + " verify")) {
            reached = BookkeepingTables.has(session.connection(), "follow")
                    ? new FollowStore(session.connection(), pipeline).reached(source.description())
                    : OptionalLong.empty();
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "while comparing it with the source");
        }
        return new BsonTimestamp(reached.orElseThrow(() -> notFollowed("does not follow this source")));
    }

    private DocrowsException notFollowed(String what) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The pipeline " + pipeline + " " + what
                        + ". Start watch, and wait until everything is loaded; or compare without --while-followed.");
    }
}
