package io.eas.loadbalancer.hash;

/**
 * 64-bit hash of keys and addresses. The hash is the same on every machine and in every
 * version, so that all clients pick the same instance for a key.
 *
 * <p>
 * A text is hashed with FNV-1a over its UTF-16 units (Fowler, Noll and Vo; RFC 9923),
 * which needs no copy of the text. Since FNV-1a leaves weak high bits, the result is
 * mixed with the finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014). The hash is not resistant to deliberate
 * collisions. With collisions, attackers could only send their own calls to one instance,
 * which they can also do with a single key.
 */
final class KeyHash {

	private static final long FNV_OFFSET = 0xcbf29ce484222325L;

	private static final long FNV_PRIME = 0x100000001b3L;

	private static final long GOLDEN = 0x9e3779b97f4a7c15L;

	private KeyHash() {
	}

	/**
	 * Hashes a key, without allocation.
	 * @param key the key, of any length
	 * @return the hash, with all bits well mixed
	 */
	static long of(CharSequence key) {
		return mix(fnv(key));
	}

	/**
	 * Returns the next hash of a sequence of hashes that behave as if they were
	 * independent.
	 * @param hash a hash
	 * @return the next hash
	 */
	static long next(long hash) {
		return mix(hash + GOLDEN);
	}

	static long fnv(CharSequence key) {
		long hash = FNV_OFFSET;
		for (int i = 0; i < key.length(); i++) {
			hash = (hash ^ key.charAt(i)) * FNV_PRIME;
		}
		return hash;
	}

	private static long mix(long hash) {
		long h = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
		h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
		return h ^ (h >>> 31);
	}

}
