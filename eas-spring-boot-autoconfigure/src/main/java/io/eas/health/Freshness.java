package io.eas.health;

import java.time.Duration;

/**
 * Limits of the age of a list of instances.
 *
 * @param staleAfter the age after which the list is marked as stale
 * @param downAfter the age after which the service is DOWN
 */
public record Freshness(Duration staleAfter, Duration downAfter) {

}
