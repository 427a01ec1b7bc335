package io.eas.discovery.snapshot;

import io.eas.discovery.PollListener;

/**
 * What an earlier run knew of a service, kept where it outlives the application. Hears of
 * each poll: the first that fails brings the snapshot into use, and what a good one gives
 * replaces it.
 */
public interface ListSnapshot extends PollListener {

	/**
	 * Starts reading the snapshot, without waiting for it. To be called before the polls
	 * start.
	 */
	void start();

	/**
	 * Brings the snapshot into use without a failed poll, unless a list is known. Blocks
	 * while it is being read, but no longer than a second.
	 * @return true if a list is known, from wherever
	 */
	boolean restore();

	/**
	 * Takes no more lists. Blocks while one is being written, but no longer than a
	 * second. Can be started again.
	 */
	void stop();

}
