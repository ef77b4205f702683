@NullMarked
package io.docrows.runner.config;

import org.jspecify.annotations.NullMarked;
