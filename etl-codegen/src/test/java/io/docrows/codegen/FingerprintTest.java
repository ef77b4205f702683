package io.docrows.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {

    @TempDir
    Path directory;

    private static String of(ClassLoader classes) throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.addPrograms(classes);
        return fingerprint.toString();
    }

    private String withPrograms(String jar, String content) throws IOException {
        Path file = directory.resolve(jar);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("postgres-linux-x86_64.txz"));
            zip.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            return of(classes);
        }
    }

    /** Maven's property that chooses the version is not written in any file. */
    @Test
    void anotherVersionOfPostgreSqlIsAnotherFingerprint() throws IOException {
        String seventeen = withPrograms("17.jar", "programs of 17");

        assertThat(withPrograms("18.jar", "programs of 18")).isNotEqualTo(seventeen);
        assertThat(withPrograms("again.jar", "programs of 17")).isEqualTo(seventeen);
    }

    @Test
    void theVersionOfThisBuildIsFound() throws IOException {
        assertThat(of(FingerprintTest.class.getClassLoader())).isNotEqualTo(new Fingerprint().toString());
    }
}
