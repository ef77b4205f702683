package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.internal.measure.NameKind;
import io.docrows.inspect.internal.measure.PathNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds documents whose field names are data although there are not many of them, and puts their fields together. What
 * speaks for it: all names are numbers, dates, ObjectIds or UUIDs; or all are codes of two or three capitals with
 * values of one type; or each of many names is rare, and all have values of one type.
 */
final class DataNames {

    private static final int FEW = 3;
    private static final int MANY = 8;
    private static final double RARE = 0.35;
    private static final Pattern CODE = Pattern.compile("[A-Z]{2,3}");

    private DataNames() {}

    static void collapse(PathNode node, boolean top) {
        if (!top && node.any() == null && areData(node)) {
            node.collapse();
        }
        PathNode any = node.any();
        if (any != null) {
            collapse(any, false);
        }
        node.children().forEach(child -> collapse(child, false));
        PathNode elements = node.elementsOrNull();
        if (elements != null) {
            collapse(elements, false);
        }
    }

    private static boolean areData(PathNode node) {
        List<PathNode> children = node.children();
        if (children.isEmpty()) {
            return false;
        }
        if (children.stream().allMatch(child -> isDatum(child.name()))) {
            return true;
        }
        if (children.size() < FEW || !haveOneType(children)) {
            return false;
        }
        if (children.stream().allMatch(child -> CODE.matcher(child.name()).matches())) {
            return true;
        }
        long uses = children.stream().mapToLong(PathNode::values).sum();
        return children.size() >= MANY && uses < RARE * node.objects() * children.size();
    }

    private static boolean isDatum(String name) {
        Kind kind = NameKind.of(name);
        return switch (kind) {
            case TEXT_INTEGER,
                    TEXT_PADDED,
                    TEXT_DECIMAL,
                    TEXT_DATE,
                    TEXT_TIME,
                    TEXT_MOMENT,
                    TEXT_LOCAL_MOMENT,
                    TEXT_UUID,
                    TEXT_OBJECT_ID -> true;
            default -> false;
        };
    }

    /** Numbers of all types count as one; nulls as any. */
    private static boolean haveOneType(List<PathNode> children) {
        Map<Kind, Long> types = new EnumMap<>(Kind.class);
        for (PathNode child : children) {
            for (Kind kind : Kind.values()) {
                if (child.tally(kind) != null && !kind.isNull()) {
                    types.merge(family(kind), 1L, Long::sum);
                }
            }
        }
        return types.size() == 1;
    }

    private static Kind family(Kind kind) {
        return kind.isFiniteNumber()
                ? Kind.DECIMAL
                : kind.isText()
                        ? Kind.TEXT
                        : kind.isDate()
                                ? Kind.DATE
                                : kind.isArray()
                                        ? Kind.ARRAY
                                        : kind.isDocument() ? Kind.DOCUMENT : kind == Kind.FALSE ? Kind.TRUE : kind;
    }
}
