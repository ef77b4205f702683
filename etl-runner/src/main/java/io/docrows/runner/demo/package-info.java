/** The demonstration: the sample documents, the server they are loaded into, and the questions asked afterwards. */
@NullMarked
package io.docrows.runner.demo;

import org.jspecify.annotations.NullMarked;
