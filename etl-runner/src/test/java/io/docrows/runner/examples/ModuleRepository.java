package io.docrows.runner.examples;

import io.docrows.Docrows;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Maven repository of this build's modules, and settings that let Maven find it. */
record ModuleRepository(Path settings) {

    /** One that nobody has in a repository of their own. */
    static final String VERSION = "0.1.0-examples";

    private static final String BUILT = "0.1.0-SNAPSHOT";

    private static final List<String> JARS = List.of(
            "etl-cli",
            "etl-codegen",
            "etl-core",
            "etl-embedded",
            "etl-inspect",
            "etl-scaffold",
            "etl-spring-boot-starter");

    static ModuleRepository in(Path directory) throws IOException {
        Path repository = directory.resolve("repository");
        publish(repository, "docrows-parent", Path.of("..", "pom.xml"));
        publish(repository, "etl-bom", Path.of("..", "etl-bom", "pom.xml"));
        for (String module : JARS) {
            Path folder = publish(repository, module, Path.of("..", module, "pom.xml"));
            jar(classes(module), folder.resolve(module + "-" + VERSION + ".jar"));
        }
        Path settings = directory.resolve("settings.xml");
        Files.writeString(settings, """
                <settings>
                  <profiles>
                    <profile>
                      <id>docrows</id>
                      <repositories>
                        <repository><id>docrows</id><url>URL</url></repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository><id>docrows</id><url>URL</url></pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>docrows</activeProfile></activeProfiles>
                </settings>
                """.replace("URL", repository.toUri().toString()));
        return new ModuleRepository(settings);
    }

    private static Path publish(Path repository, String module, Path pom) throws IOException {
        Path folder = Files.createDirectories(
                repository.resolve("io/docrows").resolve(module).resolve(VERSION));
        Files.writeString(
                folder.resolve(module + "-" + VERSION + ".pom"),
                Files.readString(pom)
                        .replace("<version>" + BUILT + "</version>", "<version>" + VERSION + "</version>"));
        return folder;
    }

    /** Where this build has the classes of a module: beside those of the library. */
    private static Path classes(String module) {
        try {
            Path library = Path.of(Docrows.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path target = Files.isDirectory(library) ? library : library.resolveSibling("classes");
            return Path.of(target.toString().replace("etl-core", module));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
