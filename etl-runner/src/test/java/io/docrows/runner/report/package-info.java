@NullMarked
package io.docrows.runner.report;

import org.jspecify.annotations.NullMarked;
