package io.eas.discovery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Protects the known list against a sudden loss of instances. If a poll returns less than
 * half of the known number of instances, the new list is accepted only if the next poll
 * also returns such a short list. A discovery API with a partial outage may lose most of
 * the instances at once, and all calls would go to the few that are left. Only the number
 * of instances counts: all of them may be replaced at once. Until the next poll, the list
 * contains the known and the newly listed instances; known instances that are no longer
 * listed are marked as {@linkplain EasInstance#omitted omitted}. If the known list comes
 * from a snapshot of an earlier run, a shorter list replaces it without confirmation. Not
 * thread-safe: only one poll may be under way at a time.
 */
public final class ConfirmedShrink implements InstanceDiscovery {

	private static final Log log = LogFactory.getLog(ConfirmedShrink.class);

	private final InstanceDiscovery discovery;

	private final PolledInstances polled;

	private final String service;

	private boolean doubted;

	/**
	 * Creates a discovery that confirms the lists of another discovery.
	 * @param discovery the discovery to delegate to
	 * @param polled the known instances
	 * @param service the alias of the service, for the log
	 */
	public ConfirmedShrink(InstanceDiscovery discovery, PolledInstances polled, String service) {
		this.discovery = discovery;
		this.polled = polled;
		this.service = service;
	}

	@Override
	public Mono<DiscoveryAnswer> discover() {
		return this.discovery.discover().map(this::confirmed);
	}

	private DiscoveryAnswer confirmed(DiscoveryAnswer answer) {
		try {
			return compared(answer);
		}
		catch (Error ex) {
			// Reactor's operators would rethrow a fatal error, and the poll would never
			// end
			throw new DiscoveryException("the answer can't be compared with the known list: " + ex, ex);
		}
	}

	private DiscoveryAnswer compared(DiscoveryAnswer answer) {
		InstanceList known = this.polled.current();
		int listed = answer.instances().size();
		if (known == null || known.source() == Source.SNAPSHOT || 2 * listed >= known.size() || this.doubted) {
			this.doubted = false;
			return answer;
		}
		this.doubted = true;
		log.warn(this.service + ": discovery returned " + listed + " instance(s) instead of " + known.size()
				+ "; keeping the others until the next poll confirms this, or until they fail");
		return new DiscoveryAnswer(both(known.instances(), answer.instances()), answer.rejected());
	}

	private static List<EasInstance> both(List<EasInstance> known, List<EasInstance> listed) {
		Set<EasInstance> newest = new HashSet<>(listed);
		List<EasInstance> both = new ArrayList<>(listed);
		for (EasInstance instance : known) {
			if (!newest.contains(instance)) {
				both.add(new EasInstance(instance.host(), instance.port(), instance.weight(), true));
			}
		}
		return both;
	}

}
