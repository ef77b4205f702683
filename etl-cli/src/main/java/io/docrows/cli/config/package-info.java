/**
 * Settings that were not given on the command line: from {@code etl.yaml} and the environment. It knows no single
 * option: what may be set, and to what, is asked of the commands.
 */
@NullMarked
package io.docrows.cli.config;

import org.jspecify.annotations.NullMarked;
