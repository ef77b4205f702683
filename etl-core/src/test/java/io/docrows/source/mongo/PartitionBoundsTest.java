package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

final class PartitionBoundsTest {

    @Test
    void boundsAreEvenlySpacedAndIntervalsAdjoin() {
        List<BsonValue> sample = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sample.add(new BsonInt32(i));
        }
        assertThat(PartitionBounds.intervals(sample, 4))
                .containsExactly(
                        new IdInterval(null, new BsonInt32(25)),
                        new IdInterval(new BsonInt32(25), new BsonInt32(50)),
                        new IdInterval(new BsonInt32(50), new BsonInt32(75)),
                        new IdInterval(new BsonInt32(75), null));
    }

    @Test
    void withoutASampleThereIsOnePartition() {
        assertThat(PartitionBounds.intervals(List.of(), 8)).containsExactly(IdInterval.EVERYTHING);
        assertThat(PartitionBounds.intervals(List.of(new BsonInt32(1)), 1)).containsExactly(IdInterval.EVERYTHING);
    }

    @Test
    void aBoundIsUsedOnce() {
        List<BsonValue> same = Collections.nCopies(50, new BsonString("a"));
        assertThat(PartitionBounds.intervals(same, 8))
                .containsExactly(new IdInterval(null, new BsonString("a")), new IdInterval(new BsonString("a"), null));
    }

    @Test
    void notANumberAndArraysAreNoBounds() {
        List<BsonValue> odd = List.of(new BsonDouble(Double.NaN), new BsonArray());
        assertThat(PartitionBounds.intervals(odd, 2)).containsExactly(IdInterval.EVERYTHING);
        assertThat(PartitionBounds.intervals(odd, 8)).containsExactly(IdInterval.EVERYTHING);
    }
}
