package io.docrows.scaffold.choice;

import io.docrows.inspect.proposal.SqlNames;
import java.nio.file.Path;
import java.util.List;
import javax.lang.model.SourceVersion;

/**
 * What a project is called. Immutable.
 *
 * @param pipeline the pipeline's name: small letters, digits and underscores
 * @param packageName the Java package
 */
public record ProjectName(String pipeline, String packageName) {

    /** The history of a pipeline's migrations is a table with its name in it. */
    private static final int LONGEST = 40;

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if one cannot be such a name
     */
    public ProjectName {
        if (!pipeline.matches("[a-z][a-z0-9_]{0," + (LONGEST - 1) + "}")) {
            throw new IllegalArgumentException(
                    "a pipeline's name is made of small letters, digits and underscores, at most " + LONGEST);
        }
        if (!SourceVersion.isName(packageName) || !packageName.matches("[a-z0-9_.]+")) {
            throw new IllegalArgumentException(
                    "a package is made of names of small letters and digits, such as com.acme.shop");
        }
        if (packageName.startsWith("io.docrows") || packageName.startsWith("java")) {
            throw new IllegalArgumentException("that package is another one's; name one of your own");
        }
    }

    /**
     * A name after a directory.
     *
     * @param directory the project's directory
     * @return its name, in the package {@code com.example}
     */
    public static ProjectName of(Path directory) {
        Path last = directory.toAbsolutePath().normalize().getFileName();
        String plain = SqlNames.of(List.of(last == null ? "" : last.toString())).replaceAll("[^a-z0-9_]", "");
        String name = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "etl" + plain : plain;
        String cut = name.substring(0, Math.min(name.length(), LONGEST));
        return new ProjectName(cut, "com.example." + (SourceVersion.isKeyword(cut) ? cut + "_" : cut));
    }

    /**
     * The same in another package.
     *
     * @param name the package
     * @return a changed name
     * @throws IllegalArgumentException if that is no package
     */
    public ProjectName inPackage(String name) {
        return new ProjectName(pipeline, name);
    }
}
