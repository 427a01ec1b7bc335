package io.eas.discovery;

import java.util.ArrayList;
import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceListDiff;
import io.eas.instance.InstanceListDiff.Step;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs changes rather than each poll: instances that were added, removed or changed in
 * weight; items that were dropped; the first failure after a success, and the recovery.
 * Not thread-safe, like every {@link PollListener}.
 */
public final class DiscoveryLog implements PollListener {

	private static final Log log = LogFactory.getLog(DiscoveryLog.class);

	private static final int SHOWN = 20;

	private final String service;

	private List<String> rejected = List.of();

	private int failures;

	/**
	 * Creates the log of a service.
	 * @param service the alias of the service
	 */
	public DiscoveryLog(String service) {
		this.service = service;
	}

	@Override
	@SuppressWarnings("ReferenceEquality") // an unchanged list is the same object
	public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		if (before != after) {
			String changes = changes(before, after);
			if (!changes.isEmpty()) {
				log.info(this.service + ": " + after.size() + " instance(s): " + changes);
			}
			else if (before != null && before.source() != after.source()) {
				log.info(this.service + ": " + after.size() + " instance(s), as in the snapshot");
			}
		}
		if (this.failures > 0) {
			log.info(this.service + ": discovery answers again after " + this.failures + " failed poll(s)");
			this.failures = 0;
		}
		if (!rejected.equals(this.rejected)) {
			this.rejected = rejected;
			if (!rejected.isEmpty()) {
				log.warn(this.service + ": " + rejected.size() + " item(s) of the discovery answer dropped: "
						+ shown(rejected));
			}
		}
	}

	@Override
	public void failed(DiscoveryState state) {
		this.failures = state.failures();
		InstanceList list = state.list();
		String message = this.service + ": " + state.lastFailure() + ((list != null)
				? "; going on with " + list.size() + " known instance(s)" : "; no instance known yet");
		if (this.failures == 1) {
			log.warn(message);
		}
		else if (log.isDebugEnabled()) {
			log.debug(message + " (failed poll " + this.failures + ")");
		}
	}

	private static String changes(@Nullable InstanceList before, InstanceList after) {
		List<EasInstance> known = (before != null) ? before.instances() : List.of();
		List<String> changes = new ArrayList<>();
		List<String> gone = new ArrayList<>();
		InstanceListDiff diff = new InstanceListDiff(known, after.instances());
		for (Step step = diff.next(); step != Step.END; step = diff.next()) {
			switch (step) {
				case GONE -> gone.add("-" + known.get(diff.indexBefore()));
				case ENTERED -> changes.add("+" + after.instances().get(diff.indexAfter()));
				case RENEWED -> {
					EasInstance instance = after.instances().get(diff.indexAfter());
					int weight = known.get(diff.indexBefore()).weight();
					if (weight != instance.weight()) {
						changes.add(instance.address() + " weight " + weight + " -> " + instance.weight());
					}
				}
				default -> {
				}
			}
		}
		changes.addAll(gone);
		return shown(changes);
	}

	private static String shown(List<String> items) {
		String first = String.join(", ", items.subList(0, Math.min(SHOWN, items.size())));
		return (items.size() > SHOWN) ? first + " and " + (items.size() - SHOWN) + " more" : first;
	}

}
