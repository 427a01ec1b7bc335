package io.eas.loadbalancer.prefix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts a part of a body into blocks and hashes them. The hash of a block covers
 * everything before it, so equal hashes mean equal prefixes. It is the same on every
 * machine.
 *
 * <p>
 * Eight bytes at a time are mixed in by a multiplication and a rotation, as in the rounds
 * of xxHash (Yann Collet), since this runs over each prompt. The hash is not resistant to
 * deliberate collisions: who makes one only misleads the client about what an instance
 * has cached. Not thread-safe.
 */
final class BlockHasher {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long MULTIPLIER_1 = 0x9e3779b185ebca87L;

	private static final long MULTIPLIER_2 = 0xc2b2ae3d27d4eb4fL;

	private static final long[] NONE = {};

	private static final double BYTES_PER_TOKEN = 4;

	private final int blockSize;

	private final int most;

	private long[] blocks = NONE;

	private long hash = MULTIPLIER_2;

	private int length;

	/**
	 * Creates a hasher that has read nothing.
	 * @param blockSize the bytes of a block, a multiple of 8
	 * @param most the number of blocks after which the part is only counted
	 */
	BlockHasher(int blockSize, int most) {
		this.blockSize = blockSize;
		this.most = most;
	}

	/** Hashes the part, the only one. */
	void hash(byte[] body, int offset, int length) {
		this.length = length;
		this.blocks = new long[Math.min(this.most, length / this.blockSize)];
		int index = offset;
		for (int block = 0; block < this.blocks.length; block++) {
			this.hash = hash(this.hash, body, index, this.blockSize);
			this.blocks[block] = this.hash;
			index += this.blockSize;
		}
		int rest = offset + length - index;
		this.hash = hash(this.hash, body, index, rest & ~7);
		for (index += rest & ~7; index < offset + length; index++) {
			this.hash = mixed(this.hash, body[index]);
		}
	}

	private static long hash(long before, byte[] body, int offset, int length) {
		long hash = before;
		for (int i = offset; i < offset + length; i += Long.BYTES) {
			hash = mixed(hash, (long) LONG.get(body, i));
		}
		return hash;
	}

	private static long mixed(long hash, long next) {
		return Long.rotateLeft(hash ^ (next * MULTIPLIER_1), 27) * MULTIPLIER_2;
	}

	/** Returns the number of whole blocks. */
	int size() {
		return this.blocks.length;
	}

	/**
	 * Returns about how many tokens the part has: a quarter of its bytes in UTF-8, which
	 * is common for English as well as for Chinese.
	 */
	double tokens() {
		return this.length / BYTES_PER_TOKEN;
	}

	double tokensPerBlock() {
		return this.blockSize / BYTES_PER_TOKEN;
	}

	/** Returns the hash of the whole part. */
	long hash() {
		return mix(this.hash + this.length);
	}

	/**
	 * Copies the hashes of the whole blocks, as blocks that follow another part.
	 * @param before the hash of that part
	 */
	void copyTo(long[] target, int offset, long before) {
		for (int i = 0; i < this.blocks.length; i++) {
			target[offset + i] = mix(this.blocks[i] ^ before);
		}
	}

	/** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
	static long mix(long hash) {
		long h = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
		h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
		return h ^ (h >>> 31);
	}

}
