package io.docrows.inspect.internal.find;

import static io.docrows.inspect.internal.find.Subject.number;

import io.docrows.inspect.fact.BinaryFacts;
import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.List;

/** Values with a meaning that their type does not show, and paths with few values. */
final class Shapes {

    /** More values than these are no enum. */
    private static final int FEW = 32;

    private static final int LEAST_PER_VALUE = 3;

    private Shapes() {}

    static void find(PathFacts path, Subject subject) {
        long geometries = path.count(Kind.GEOJSON);
        if (geometries > 0) {
            subject.add(
                    FindingCode.GEO_JSON,
                    Weight.LIKELY,
                    path,
                    Kind.GEOJSON::equals,
                    Subject.part(geometries, path.objects())
                            + " documents are GeoJSON: PostGIS geography, jsonb, or two"
                            + " numbers if all are points.");
        }
        long pairs = path.count(Kind.ARRAY_PAIR);
        if (pairs > 0 && pairs + path.count(Kind.ARRAY_EMPTY) == path.arrays() && !isCoordinates(path)) {
            subject.add(
                    FindingCode.LONGITUDE_LATITUDE,
                    Weight.LIKELY,
                    path,
                    Kind.ARRAY_PAIR::equals,
                    Subject.part(pairs, path.arrays()) + " arrays are two numbers within the bounds of longitude and"
                            + " latitude. The data does not tell which comes first; MongoDB wants longitude first.");
        }
        long references = path.count(Kind.DBREF);
        if (references > 0) {
            subject.add(
                    FindingCode.DB_REFS,
                    Weight.NOTE,
                    path,
                    Kind.DBREF::equals,
                    number(references, "document")
                            + " of $ref and $id: references, whose collection is named in the data.");
        }
        path.binaries().filter(binary -> binary.legacyUuids() > 0).ifPresent(binary -> legacy(path, binary, subject));
        few(path, subject);
    }

    private static boolean isCoordinates(PathFacts path) {
        return path.name().equals("coordinates");
    }

    private static void legacy(PathFacts path, BinaryFacts binary, Subject subject) {
        List<String> possible = new ArrayList<>();
        long all = binary.legacyUuids();
        if (binary.javaOrder() == all) {
            possible.add("Java (each half reversed)");
        }
        if (binary.plainOrder() == all) {
            possible.add("Python (plain)");
        }
        if (binary.csharpOrder() == all) {
            possible.add("C# (the first three groups reversed)");
        }
        subject.add(
                FindingCode.UUID_BYTE_ORDER,
                Weight.DECIDE,
                path,
                Kind.UUID_LEGACY::equals,
                number(all, "UUID") + " of subtype 3, whose byte order is not stored. "
                        + (possible.isEmpty()
                                ? "In no single order all of them are valid UUIDs: Java's " + number(binary.javaOrder())
                                        + ", plain " + number(binary.plainOrder()) + ", C#'s "
                                        + number(binary.csharpOrder()) + "."
                                : "All are valid in the order of " + String.join(" and of ", possible)
                                        + ". Ask who wrote them."));
    }

    private static void few(PathFacts path, Subject subject) {
        int values = path.few().size();
        long present = path.present();
        long counted = path.few().stream().mapToLong(one -> one.count()).sum();
        if (values >= 2
                && counted == present
                && values <= FEW
                && present >= (long) LEAST_PER_VALUE * values
                && path.count(Kind.INT32) + path.count(Kind.INT64) < present) {
            subject.add(
                    FindingCode.FEW_VALUES,
                    Weight.LIKELY,
                    path,
                    number(values) + " different values in " + number(present)
                            + ": could be an enum, a check, or a lookup" + " table.");
        }
    }
}
