/** Tests of the launcher script, on a project of their own with a stand-in for the build. */
@NullMarked
package io.docrows.runner.launcher;

import org.jspecify.annotations.NullMarked;
