@NullMarked
package io.docrows.cli.report;

import org.jspecify.annotations.NullMarked;
