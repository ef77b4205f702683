/**
 * What surrounds a command: streams, environment, working directory, signals and secrets. Everything a command takes
 * from its process comes from here, so that tests can run commands in their own.
 */
@NullMarked
package io.docrows.cli.session;

import org.jspecify.annotations.NullMarked;
