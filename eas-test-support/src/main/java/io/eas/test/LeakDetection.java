package io.eas.test;

import java.util.List;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class if a Netty buffer was garbage-collected without being released while
 * the class ran. Registered for every test by {@code META-INF/services}.
 */
public class LeakDetection implements AfterAllCallback {

	@Override
	public void afterAll(ExtensionContext context) {
		List<String> leaks = RecordingLeakDetector.drain();
		if (!leaks.isEmpty()) {
			throw new AssertionError(leaks.size() + " buffer(s) leaked in or before " + context.getDisplayName()
					+ ", the first: " + leaks.get(0));
		}
	}

}
