/**
 * How one BSON value is read as a Java value: exactly, or not at all. Knows neither mappings nor columns. Nothing
 * outside the library may depend on it.
 */
@NullMarked
package io.docrows.internal.value;

import org.jspecify.annotations.NullMarked;
