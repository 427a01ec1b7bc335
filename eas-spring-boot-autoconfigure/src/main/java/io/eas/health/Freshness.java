package io.eas.health;

import java.time.Duration;

/**
 * How old a list may be.
 *
 * @param staleAfter older than this is marked as stale
 * @param downAfter older than this is down
 */
public record Freshness(Duration staleAfter, Duration downAfter) {

}
