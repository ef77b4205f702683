package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.json;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.PlaceTable.PLACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MachinePostgres;
import io.docrows.testing.MemorySource;
import io.docrows.testing.PlaceTable;
import io.docrows.testing.PlaceTable.PlaceRecord;
import java.nio.file.Path;
import java.util.Optional;
import org.jooq.JSONB;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GeoJSON becomes geometry and geography; what PostGIS refuses costs one document. */
@Tag("long")
final class PostgisIT {

    private static final CollectionMapping<PlaceRecord> PLACES = CollectionMapping.of("places", PLACE)
            .key(PLACE.mongoId, id("_id"))
            .map(PLACE.at, json("at").plain().convert(JSONB::data))
            .map(PLACE.area, string("area"))
            .map(PLACE.spot, json("spot").plain().convert(JSONB::data))
            .build();

    @Test
    void geoJsonIsStoredAsGeometry(@TempDir Path directory) throws Exception {
        Optional<Path> programs = MachinePostgres.with("postgis");
        assumeTrue(programs.isPresent(), "needs the package postgresql-15-postgis-3, or that of a later version");
        try (MachinePostgres postgres = MachinePostgres.start(programs.get(), directory)) {
            Database database = postgres.database();
            database.execute(PlaceTable.SQL);
            ConnectedPipeline pipeline = Docrows.pipeline("places", PLACES)
                    .source(new MemorySource()
                            .with(
                                    "places",
                                    "{_id: 'a', at: {type: 'Point', coordinates: [13.4, 52.5]}, area: 'POINT(1 2)',"
                                            + " spot: {type: 'Point', coordinates: [{$numberInt: '13'}, 52.5]}}",
                                    "{_id: 'b', at: {type: 'Polygon', coordinates: [[[0,0],[0,1],[1,1],[0,0]]]}}",
                                    "{_id: 'c', at: {type: 'Nothing'}}",
                                    "{_id: 'd', area: 'SRID=4326;POLYGON((0 0,0 1,1 1,0 0))'}",
                                    "{_id: 'e', area: 'CIRCLE(1)'}",
                                    "{_id: 'f'}"))
                    .target(database.target());

            Counts loaded = new Counts(6, 3, 0, 0, 3, 0);
            assertThat(pipeline.plan(PlanOptions.defaults()).total()).isEqualTo(loaded);
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(loaded);
            assertThat(database.rows("SELECT mongo_id, gis.ST_AsText(at), gis.ST_SRID(at), gis.ST_AsEWKT(area),"
                            + " gis.ST_AsText(spot) FROM place ORDER BY 1"))
                    .containsExactly(
                            "a|POINT(13.4 52.5)|4326|POINT(1 2)|POINT(13 52.5)",
                            "d|-|-|SRID=4326;POLYGON((0 0,0 1,1 1,0 0))|-",
                            "f|-|-|-|-");
            assertThat(database.rows("SELECT document_key, code, column_name FROM docrows.reject ORDER BY 1"))
                    .containsExactly(
                            "b|REFUSED_BY_TARGET|public.place.at",
                            "c|REFUSED_BY_TARGET|public.place.at",
                            "e|REFUSED_BY_TARGET|public.place.area");
            assertThat(pipeline.verify(VerifyOptions.defaults()).isAccountedFor())
                    .isTrue();
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(6, 0, 0, 3, 3, 0));
            database.execute("UPDATE place SET at = gis.ST_SetSRID(gis.ST_MakePoint(13.4, 52.6), 4326)");
            assertThat(pipeline.run(RunOptions.defaults()).total().updated()).isEqualTo(3);
        }
    }
}
