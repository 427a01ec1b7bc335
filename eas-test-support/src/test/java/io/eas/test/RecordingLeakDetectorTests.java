package io.eas.test;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordingLeakDetectorTests {

	@Test
	void findsABufferThatNobodyReleased() {
		RecordingLeakDetector.drain();
		leak();
		// what the collector found is queued by another thread
		Awaitility.await().until(() -> !RecordingLeakDetector.drain().isEmpty());
	}

	@Test
	void findsNothingWhereEveryBufferIsReleased() {
		RecordingLeakDetector.drain();
		ByteBufAllocator.DEFAULT.buffer(64).release();
		assertThat(RecordingLeakDetector.drain()).isEmpty();
	}

	private static void leak() {
		for (int i = 0; i < 16; i++) {
			ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(64);
			buffer.writeByte(i);
		}
	}

}
