package io.docrows.scaffold.internal.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.palantir.javapoet.JavaFile;
import io.docrows.PipelineProvider;
import io.docrows.inspect.fact.Inspection;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.internal.design.Expected;
import io.docrows.scaffold.internal.design.ProjectDesign;
import io.docrows.scaffold.internal.design.TableDesign;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** All files of a project, by path. */
public final class ProjectFiles {

    private static final String IGNORED = """
            # Build output
            /target/

            # What ./etl keeps between runs: the embedded PostgreSQL and its data
            .etl/
            /etl.yaml
            """;

    /** Else every build tells of the embedded server and of jOOQ. */
    private static final String JVM = """
            -Dorg.slf4j.simpleLogger.log.io.zonky=warn
            -Dorg.slf4j.simpleLogger.log.org.flywaydb=warn
            -Dorg.jooq.no-logo=true
            -Dorg.jooq.no-tips=true
            """;

    private final Map<String, byte[]> files = new TreeMap<>();

    private ProjectFiles() {}

    /** Files that are programs. */
    public static boolean isExecutable(String path) {
        return path.equals("etl") || path.equals("mvnw");
    }

    /**
     * The files of a project.
     *
     * @param project its tables and mappings
     * @param inspection what was found
     * @param expected what the columns take that are there already, of each collection
     * @param migrations those that are there already, by name
     * @param choices the file of choices
     * @param artifacts what of Docrows comes along
     * @param version the version of Docrows to depend on if nothing comes along
     */
    public static Map<String, byte[]> of(
            ProjectDesign project,
            Inspection inspection,
            Function<CollectionChoice, Map<List<String>, Expected>> expected,
            Optional<Map<String, String>> migrations,
            String choices,
            Optional<Artifacts> artifacts,
            String version) {
        ProjectFiles all = new ProjectFiles();
        all.code(project, migrations.orElseGet(() -> Migrations.of(project)));
        all.add("choices.yaml", choices);
        JavaNames names = JavaNames.of(project);
        ShapesTestClass.of(names, project, inspection, expected).forEach(all::add);
        all.add("README.md", ReadmeFile.of(names, project));
        all.add("pom.xml", PomFile.of(names, artifacts.map(Artifacts::version).orElse(version), artifacts.isPresent()));
        all.add(".gitignore", IGNORED);
        all.add(".mvn/jvm.config", JVM);
        all.files.put("etl", resource("etl"));
        all.wrapper();
        artifacts.ifPresent(
                carried -> carried.repository().forEach((path, bytes) -> all.files.put("repository/" + path, bytes)));
        return all.files;
    }

    private void add(String path, String content) {
        files.put(path, content.getBytes(UTF_8));
    }

    private void code(ProjectDesign project, Map<String, String> migrations) {
        JavaNames names = JavaNames.of(project);
        String resources = "src/main/resources/";
        migrations.forEach((name, sql) -> add(resources + "db/" + names.pipeline() + "/" + name, sql));
        add(
                resources + "META-INF/services/" + PipelineProvider.class.getName(),
                names.providerClass().canonicalName() + "\n");
        List<JavaFile> classes = new ArrayList<>(PipelineClasses.of(names, project));
        for (TableDesign root : project.roots()) {
            classes.add(MappingClass.of(names, root));
        }
        classes.forEach(file -> add("src/main/java/" + JavaText.path(file), JavaText.of(file)));
    }

    private void wrapper() {
        Artifacts.read("mvnw").ifPresent(script -> {
            files.put("mvnw", script);
            Artifacts.read("mvnw.cmd").ifPresent(other -> files.put("mvnw.cmd", other));
            Artifacts.read("maven-wrapper.properties").ifPresent(settings -> {
                files.put(".mvn/wrapper/maven-wrapper.properties", settings);
                new String(settings, UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("distributionUrl="))
                        .map(line -> line.substring("distributionUrl=".length()).strip())
                        .forEach(
                                zip -> Artifacts.read(zip).ifPresent(bytes -> files.put(".mvn/wrapper/" + zip, bytes)));
            });
        });
    }

    private static byte[] resource(String name) {
        try (InputStream in = ProjectFiles.class.getResourceAsStream("/io/docrows/scaffold/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
