@NullMarked
package io.docrows.cli.schema;

import org.jspecify.annotations.NullMarked;
