/**
 * A call to a service on some healthy instance of it. Users start with
 * {@link io.eas.client.EasClient}; who reads the code starts with
 * {@link io.eas.client.EasService}, which holds all the state of one service, and goes on
 * to the loop over the attempts of a call in {@code CallExecution}.
 */
@NullMarked
package io.eas.client;

import org.jspecify.annotations.NullMarked;
