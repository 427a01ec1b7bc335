package io.eas.loadbalancer.hash;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;

/**
 * What a list's weights promise, computed the plain way.
 */
public final class Shares {

	private Shares() {
	}

	/**
	 * How many picks in a row it takes for the shares to come out even.
	 */
	public static long cycle(InstanceList list) {
		return of(list).values().stream().mapToLong(Long::longValue).sum();
	}

	/**
	 * The picks of each instance in a cycle; who gets none isn't in it.
	 */
	public static Map<EasInstance, Long> of(InstanceList list) {
		BigInteger divisor = list.instances()
			.stream()
			.map((instance) -> BigInteger.valueOf(instance.weight()))
			.reduce(BigInteger.ZERO, BigInteger::gcd);
		Map<EasInstance, Long> shares = new HashMap<>();
		for (EasInstance instance : list.instances()) {
			long share = (divisor.signum() == 0) ? 1 : instance.weight() / divisor.longValue();
			if (share > 0) {
				shares.put(instance, share);
			}
		}
		return shares;
	}

}
