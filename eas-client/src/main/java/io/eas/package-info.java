/**
 * The entry point for programs without Spring. Start with {@link io.eas.Eas}.
 */
@NullMarked
package io.eas;

import org.jspecify.annotations.NullMarked;
