/**
 * Classes that the tests of all modules share. Start with
 * {@link io.eas.test.LeakDetection}, which is registered for every test, and
 * {@link io.eas.test.HouseRules}, by which each module is checked.
 */
@NullMarked
package io.eas.test;

import org.jspecify.annotations.NullMarked;
