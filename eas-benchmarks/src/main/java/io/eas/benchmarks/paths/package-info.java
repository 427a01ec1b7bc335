/**
 * The compared ways to make calls. Each client is used as cheaply as possible, without
 * additional classes between the client and its response. Start with
 * {@link io.eas.benchmarks.paths.Variant}.
 */
@NullMarked
package io.eas.benchmarks.paths;

import org.jspecify.annotations.NullMarked;
