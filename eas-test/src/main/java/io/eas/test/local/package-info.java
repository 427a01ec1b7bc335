/**
 * The local EAS by annotation. Start with {@link io.eas.test.local.LocalEas}.
 */
@NullMarked
package io.eas.test.local;

import org.jspecify.annotations.NullMarked;
