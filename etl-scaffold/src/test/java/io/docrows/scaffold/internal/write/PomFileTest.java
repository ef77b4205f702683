package io.docrows.scaffold.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.scaffold.internal.design.GeneratedNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jooq.Constants;
import org.junit.jupiter.api.Test;

final class PomFileTest {

    @Test
    void aProjectIsBuiltWithTheVersionsThatDocrowsIsBuiltWith() throws IOException {
        String parent = Files.readString(Path.of("..", "pom.xml"));

        Map.of(
                        "maven-compiler-plugin", PomFile.COMPILER,
                        "maven-dependency-plugin", PomFile.DEPENDENCY,
                        "maven-jar-plugin", PomFile.JAR,
                        "maven-resources-plugin", PomFile.RESOURCES,
                        "maven-surefire-plugin", PomFile.SUREFIRE)
                .forEach((plugin, version) -> assertThat(parent.replaceAll("\\s+", ""))
                        .as(plugin)
                        .contains("<artifactId>" + plugin + "</artifactId><version>" + version + "</version>"));
        assertThat(parent)
                .contains("<junit.version>" + PomFile.JUNIT + "<")
                .contains("<jooq.version>" + Constants.FULL_VERSION + "<");
    }

    @Test
    void itNamesNoHost() {
        String pom = PomFile.of(
                new JavaNames("com.acme.shop", "shop", Map.of(), GeneratedNames.of(List.of(), List.of())), "1.0", true);

        assertThat(pom.replaceAll("https?://(maven\\.apache\\.org|www\\.w3\\.org)/[\\w./-]*", ""))
                .doesNotContain("://")
                .contains("<url>${project.baseUri}repository</url>")
                .doesNotContain("@");
    }
}
