/**
 * A client that needs no network, for unit tests. Start with
 * {@link io.eas.test.stub.EasClientStub}.
 */
@NullMarked
package io.eas.test.stub;

import org.jspecify.annotations.NullMarked;
