package io.eas.loadbalancer.prefix;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;

/**
 * Settings of {@link PrefixAware}. Immutable.
 *
 * @param blocks the number of blocks that the client remembers for each instance, from 16
 * to 100,000; 800 by default. The best value is slightly less than the number of blocks
 * that fit into the prefix cache of an instance. A block takes up to 40 bytes of memory,
 * and up to 64 bytes if there are more than 64 instances
 * @param blockSize the size of a block in bytes, a multiple of 8 from 64 to 65,536; 2,048
 * by default, which is about 512 tokens
 */
public record PrefixSettings(int blocks, int blockSize) {

	/** The default settings. */
	public static final PrefixSettings DEFAULTS = new PrefixSettings(800, 2048);

	/**
	 * Validates the values.
	 * @throws InvalidSettingException if a value is out of range
	 */
	public PrefixSettings {
		Assert.between("prefix-blocks", blocks, 16, 100_000);
		Assert.between("prefix-block-size", blockSize, 64, 65_536);
		if (blockSize % 8 != 0) {
			throw new InvalidSettingException("prefix-block-size", String.valueOf(blockSize), "be a multiple of 8",
					"Set it to a value such as 2048.");
		}
	}

}
