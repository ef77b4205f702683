package io.docrows.gigs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a class when one of these container images is neither here nor can be pulled. Stands before
 * {@code @Testcontainers}, which would try for minutes. With {@code REQUIRE_CONTAINERS=true} in the environment the
 * class fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ImagesCondition.class)
@interface RequiresImages {

    /** Names of images with their tags. */
    String[] value();
}
