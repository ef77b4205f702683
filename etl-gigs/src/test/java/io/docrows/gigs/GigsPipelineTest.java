package io.docrows.gigs;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Pipeline;
import io.docrows.mapping.CollectionMapping;
import org.junit.jupiter.api.Test;

final class GigsPipelineTest {

    @Test
    void usersAreLoadedBeforeTheGigsThatReferToThem() {
        Pipeline pipeline = GigsPipeline.pipeline();

        assertThat(pipeline.name()).isEqualTo("gigs");
        assertThat(pipeline.mappings())
                .extracting(CollectionMapping::collection)
                .containsExactly("users", "gigs");
    }
}
