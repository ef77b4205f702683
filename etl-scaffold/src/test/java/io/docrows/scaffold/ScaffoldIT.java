package io.docrows.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.scaffold.testing.Built;
import io.docrows.scaffold.testing.Dump;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scaffolded project compiles, loads the very data it was made from, verifies equal, and writes nothing again. */
final class ScaffoldIT {

    private static void keepsItsPromise(Path dump, Path directory) throws Exception {
        try (Built built = Built.of(dump, directory)) {
            ConnectedPipeline pipeline = built.connected();
            RunReport first = pipeline.run(RunOptions.defaults());
            long documents = first.total().read();
            assertThat(first.total()).as("first load").isEqualTo(new Counts(documents, documents, 0, 0, 0, 0));
            first.collections()
                    .forEach(one -> assertThat(one.drift().unmappedFields())
                            .as("drift of " + one.collection())
                            .isEmpty());
            assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
            assertThat(pipeline.run(RunOptions.defaults()).total())
                    .as("second load")
                    .isEqualTo(new Counts(documents, 0, 0, documents, 0, 0));
        }
    }

    @Test
    void manyShapes(@TempDir Path directory) throws Exception {
        Path dump = directory.resolve("dump");
        new Dump(dump)
                .with(
                        "customers",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a01'), name: 'Ada', mail: null, vip: true, since: ISODate('2020-01-02T03:04:05Z')}",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a02'), name: 'Alan', address: {street: 'Main', zip: '00501', geo: {lat: 1.5, lon: 2}}}")
                .with(
                        "orders",
                        "{_id: 1, customer: ObjectId('65a1b2c3d4e5f60718293a01'), items: [{sku: 'a', n: 2, discounts: [{code: 'x', parts: [{p: 1}, {p: 2}]}]}, {sku: 'b', n: 1, tags: ['x', null, 'y']}], total: NumberDecimal('12.50')}",
                        "{_id: 2, customer: ObjectId('65a1b2c3d4e5f60718293a02'), items: [], total: 5}",
                        "{_id: 3}")
                .with(
                        "prices",
                        "{_id: 'p1', values: {EUR: 1, USD: 2.5, '2020-01-01': 3}}",
                        "{_id: 'p2', order: 'asc', user: 'me', class: 'c', prices: 'same as the table', 'a.b': 1, '$c': 2, '': 3, 'größe': 4, Größe: 5, x: [], y: {}, z: null}")
                .with(
                        "mixed",
                        "{_id: 'm', v: 1, list: [1, 'a', {b: 1}], either: {a: 1}}",
                        "{_id: 7, v: 'one', list: 5, either: [1], big: NumberLong('5000000000')}",
                        "{_id: ObjectId('65a1b2c3d4e5f60718293a09'), v: ISODate('2020-01-02T03:04:05Z'), big: 1.5}");
        keepsItsPromise(dump, Files.createDirectory(directory.resolve("project")));
    }
}
