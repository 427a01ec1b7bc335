/**
 * All the state of one service, opened and closed as one: start with
 * {@link io.eas.service.EasService}.
 */
@NullMarked
package io.eas.service;

import org.jspecify.annotations.NullMarked;
