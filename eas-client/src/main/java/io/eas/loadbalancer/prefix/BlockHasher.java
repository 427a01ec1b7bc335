package io.eas.loadbalancer.prefix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts a part of a body into blocks and hashes them. The hash of a block covers the block
 * and everything before it, so equal hashes mean equal prefixes. The hashes are the same
 * on every machine.
 *
 * <p>
 * For speed, eight bytes at a time are mixed in by a multiplication and a rotation, as in
 * the rounds of xxHash (Yann Collet). The hash is not resistant to deliberate collisions.
 * A caller that creates a collision only misleads the client about the blocks that an
 * instance has cached. Not thread-safe.
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
	 * @param blockSize the size of a block in bytes, a multiple of 8
	 * @param most the maximum number of blocks; later bytes count only for the length and
	 * the hash of the whole part
	 */
	BlockHasher(int blockSize, int most) {
		this.blockSize = blockSize;
		this.most = most;
	}

	/** Hashes the bytes of the part. */
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
	 * Returns the estimated number of tokens of the part: a quarter of its bytes in
	 * UTF-8, which is a common ratio for both English and Chinese.
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
	 * Copies the hashes of the whole blocks, each combined with the hash of the part
	 * before this one.
	 * @param before the hash of the part before this one
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
