/**
 * The admin interface as HTTP with JSON: routes, requests, errors, and the state of an
 * emulator. The actions of routes are passed in by the emulator. Start with
 * {@link io.eas.emulator.admin.AdminServer}.
 */
@NullMarked
package io.eas.emulator.admin;

import org.jspecify.annotations.NullMarked;
