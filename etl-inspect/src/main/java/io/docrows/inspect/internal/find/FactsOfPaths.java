package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.DistinctFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ValueCount;
import io.docrows.inspect.internal.find.MeasuredPath.Beside;
import io.docrows.inspect.internal.measure.FewValues;
import io.docrows.inspect.internal.measure.KeySketch;
import io.docrows.inspect.internal.measure.KeySketch.Distinct;
import io.docrows.inspect.internal.measure.NameMeasure;
import io.docrows.inspect.internal.measure.PathNode;
import io.docrows.inspect.internal.measure.PathTree;
import io.docrows.inspect.internal.measure.Tally;
import io.docrows.inspect.internal.measure.WithinArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a measured tree into facts, in an order that does not depend on the order of the documents. */
public final class FactsOfPaths {

    /** Hashes kept of each path, to look for them among the keys of others. */
    private static final int SAMPLE = 256;

    private final List<MeasuredPath> paths = new ArrayList<>();

    private FactsOfPaths() {}

    /**
     * The facts of a collection.
     *
     * @param name its name
     * @param tree what was measured of all its documents; is changed
     * @param lessDetail whether the tree's limits are not the usual ones
     * @return facts
     */
    public static MeasuredCollection of(String name, PathTree tree, boolean lessDetail) {
        PathNode root = tree.root();
        DataNames.collapse(root, true);
        FactsOfPaths facts = new FactsOfPaths();
        facts.fields(root, List.of(), root.values(), Place.PLAIN);
        Tally damaged = tree.damaged();
        return new MeasuredCollection(
                name,
                root.values(),
                tree.bytes(),
                tree.largest(),
                damaged.values(),
                Optional.ofNullable(damaged.firstId()),
                lessDetail,
                facts.paths);
    }

    /** Whether fields whose names are data are above, and whether an array is in between. */
    private enum Place {
        PLAIN,
        MAP,
        ARRAY_IN_MAP
    }

    private void fields(PathNode node, List<String> names, long documents, Place place) {
        List<PathNode> children = new ArrayList<>(node.children());
        children.sort(Comparator.comparing((PathNode child) -> !child.name().equals("_id"))
                .thenComparing(Comparator.comparingLong(PathNode::values).reversed())
                .thenComparing(PathNode::name));
        // Of names that are data it is not known what they come with.
        List<PathNode> siblings = node.any() == null ? node.children() : List.of();
        for (PathNode child : children) {
            long owners = node.objects();
            long missing = Math.max(owners - (child.values() - child.repeated()), 0);
            path(child, names, owners, missing, child.repeated(), documents, place, siblings);
        }
        PathNode any = node.any();
        if (any != null) {
            path(any, names, any.values(), 0, 0, documents, Place.MAP, List.of());
        }
    }

    private void path(
            PathNode node,
            List<String> above,
            long owners,
            long missing,
            long repeated,
            long documentsAbove,
            Place place,
            List<PathNode> siblings) {
        List<String> names = new ArrayList<>(above);
        names.add(node.name());
        long documents = place == Place.PLAIN ? node.documents() : Math.min(node.values(), documentsAbove);
        Distinct distinct = distinct(node.distinct(), SAMPLE);
        paths.add(new MeasuredPath(
                new PathFacts(
                        PathFacts.join(names),
                        names,
                        owners,
                        node.values(),
                        documents,
                        missing,
                        node.bytes(),
                        repeated,
                        kinds(node, documents, place),
                        of(node.numbers(), numbers -> numbers.facts()),
                        of(node.textNumbers(), numbers -> numbers.facts()),
                        of(node.texts(), texts -> texts.facts()),
                        of(node.dates(), dates -> dates.facts()),
                        of(node.binaries(), binaries -> binaries.facts()),
                        of(node.lengths(), lengths -> lengths.facts()),
                        of(node.fields(), fields -> fields.facts()),
                        of(node.nameMeasure(), NameMeasure::facts),
                        of(node.distinct(), any -> new DistinctFacts(distinct.estimate(), distinct.exact())),
                        of(node.contents(), FactsOfPaths::count),
                        few(node),
                        place == Place.MAP ? Optional.empty() : repeats(node.within()),
                        node.cutOff()),
                distinct.sample(),
                node.keyLog(),
                beside(node, siblings)));
        fields(node, names, documents, place);
        PathNode elements = node.elementsOrNull();
        if (elements != null) {
            path(
                    elements,
                    names,
                    elements.values(),
                    0,
                    0,
                    documents,
                    place == Place.PLAIN ? Place.PLAIN : Place.ARRAY_IN_MAP,
                    List.of());
        }
    }

    private static <M, F> Optional<F> of(@Nullable M measure, Function<M, F> facts) {
        return measure == null ? Optional.empty() : Optional.of(facts.apply(measure));
    }

    private static Optional<Long> repeats(@Nullable WithinArray within) {
        return within == null ? Optional.empty() : Optional.ofNullable(within.known());
    }

    private static Distinct distinct(@Nullable KeySketch sketch, int sample) {
        return sketch == null ? Distinct.NONE : sketch.distinct(sample);
    }

    private static DistinctFacts count(KeySketch sketch) {
        Distinct distinct = sketch.distinct(0);
        return new DistinctFacts(distinct.estimate(), distinct.exact());
    }

    private static List<KindFacts> kinds(PathNode node, long documents, Place place) {
        List<KindFacts> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Tally tally = node.tally(kind);
            if (tally != null) {
                kinds.add(new KindFacts(
                        kind,
                        tally.values(),
                        place == Place.PLAIN ? tally.documents() : Math.min(tally.values(), documents),
                        Optional.ofNullable(tally.firstId())));
            }
        }
        return kinds;
    }

    private static List<Beside> beside(PathNode node, List<PathNode> siblings) {
        FewValues few = node.few();
        List<FewValues.Value> values = few == null ? null : few.values();
        if (values == null || siblings.isEmpty() || siblings.size() > PathNode.MOST_TOLD_APART) {
            return List.of();
        }
        List<Beside> beside = new ArrayList<>();
        for (FewValues.Value value : values) {
            Set<String> always = new HashSet<>();
            Set<String> never = new HashSet<>();
            for (PathNode sibling : siblings) {
                if (value.alwaysWith(sibling.position())) {
                    always.add(sibling.name());
                } else if (value.neverWith(sibling.position())) {
                    never.add(sibling.name());
                }
            }
            beside.add(new Beside(always, never));
        }
        return beside;
    }

    private static List<ValueCount> few(PathNode node) {
        FewValues few = node.few();
        List<FewValues.Value> values = few == null ? null : few.values();
        return values == null ? List.of() : values.stream().map(LabelText::of).toList();
    }
}
