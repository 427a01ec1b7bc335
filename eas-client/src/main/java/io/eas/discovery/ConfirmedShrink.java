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
 * Believes an answer with less than half as many instances as are known only when the
 * next one is as short: a discovery API that is losing its sight loses most of a list at
 * once, and the calls would all land on the few that are left. Who they are is another
 * matter: all may be replaced at once. For one poll the known instances and the listed
 * ones are answered together, those that are no longer listed marked as
 * {@linkplain EasInstance#omitted omitted}. A snapshot of an earlier run is no reason for
 * doubt. To be asked by one caller at a time.
 */
public final class ConfirmedShrink implements InstanceDiscovery {

	private static final Log log = LogFactory.getLog(ConfirmedShrink.class);

	private final InstanceDiscovery discovery;

	private final PolledInstances polled;

	private final String service;

	private boolean doubted;

	/**
	 * Asks another, and doubts it.
	 * @param discovery whom to ask
	 * @param polled the instances that are known
	 * @param service the alias, for the log
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
			// operators would throw it on, and the poll would never end
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
		log.warn(this.service + ": discovery lists " + listed + " instance(s) and no longer " + known.size()
				+ "; the others are kept until the next poll says so too, or they fail");
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
