package io.eas.loadbalancer.hash;

/**
 * The 64-bit hash of what calls are spread by, the same on every machine and in every
 * version, so that all clients agree.
 *
 * <p>
 * A text is hashed by FNV-1a over its UTF-16 units (Fowler, Noll and Vo; RFC 9923), which
 * needs no copy of it but leaves its high bits weak, and then mixed by the finaliser of
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014). Neither withstands someone who looks for collisions; all they gain is
 * that their own calls meet at one instance, as with a single key.
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
	 * @return its hash, all bits of which are good
	 */
	static long of(CharSequence key) {
		return mix(fnv(key));
	}

	/**
	 * The next of a sequence of hashes that look independent of each other.
	 * @param hash a hash
	 * @return another
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
