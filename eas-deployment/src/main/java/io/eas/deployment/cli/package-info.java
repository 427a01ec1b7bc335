/**
 * The program {@code eas-deployment}. Start with
 * {@link io.eas.deployment.cli.DeploymentApplication}.
 */
@NullMarked
package io.eas.deployment.cli;

import org.jspecify.annotations.NullMarked;
