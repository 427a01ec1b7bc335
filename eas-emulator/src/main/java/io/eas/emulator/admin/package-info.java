/**
 * The admin interface as HTTP with JSON: routes, requests, errors, and what the state of
 * an emulator looks like. What a route does is given to it from outside. Start with
 * {@link io.eas.emulator.admin.AdminServer}.
 */
@NullMarked
package io.eas.emulator.admin;

import org.jspecify.annotations.NullMarked;
