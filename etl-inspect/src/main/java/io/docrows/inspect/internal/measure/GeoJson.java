package io.docrows.inspect.internal.measure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.stream.Stream;

/** The types of geometries that GeoJSON (RFC 7946) has. */
final class GeoJson {

    private static final byte[][] TYPES = Stream.of(
                    "Point",
                    "LineString",
                    "Polygon",
                    "MultiPoint",
                    "MultiLineString",
                    "MultiPolygon",
                    "GeometryCollection")
            .map(type -> type.getBytes(US_ASCII))
            .toArray(byte[][]::new);

    private GeoJson() {}

    static boolean isGeometry(byte[] bytes, int from, int length) {
        for (byte[] type : TYPES) {
            if (type.length == length && Arrays.equals(bytes, from, from + length, type, 0, length)) {
                return true;
            }
        }
        return false;
    }
}
