/**
 * The auto-configurations, the beans they define, and the failure analyzers for
 * applications that can't start. Start with
 * {@link io.eas.autoconfigure.EasAutoConfiguration}.
 */
@NullMarked
package io.eas.autoconfigure;

import org.jspecify.annotations.NullMarked;
