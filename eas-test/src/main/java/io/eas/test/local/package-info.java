/**
 * A local EAS for an application or a test, by annotation. Start with
 * {@link io.eas.test.local.LocalEas}.
 */
@NullMarked
package io.eas.test.local;

import org.jspecify.annotations.NullMarked;
