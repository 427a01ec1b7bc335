/**
 * The demonstration run by the first command of the README: test digits are classified
 * while an instance dies. Start with {@link io.eas.sample.app.walkthrough.WalkThrough}.
 */
@NullMarked
package io.eas.sample.app.walkthrough;

import org.jspecify.annotations.NullMarked;
