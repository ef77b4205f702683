package io.docrows.scaffold.internal.write;

import com.palantir.javapoet.JavaFile;

/** The text of classes, as a person would have written them. */
final class JavaText {

    private JavaText() {}

    static String path(JavaFile file) {
        return file.packageName().replace('.', '/') + "/" + file.typeSpec().name() + ".java";
    }

    static String of(JavaFile file) {
        return file.toString();
    }
}
