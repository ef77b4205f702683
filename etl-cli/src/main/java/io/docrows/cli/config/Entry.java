package io.docrows.cli.config;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that is set.
 *
 * @param name its key, behind the section it stands in
 * @param options the option, in every command it is set for
 * @param setting its value
 */
record Entry(String name, List<OptionSpec> options, Setting setting) {

    static String name(String section, String key) {
        return section.isEmpty() ? key : key.isEmpty() ? section : section + "." + key;
    }
}
