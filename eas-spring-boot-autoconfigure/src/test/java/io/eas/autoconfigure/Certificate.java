package io.eas.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate that an authority of its own has signed, made by the JDK's own tool.
 *
 * @param keys the certificate with its key
 * @param authority the authority's certificate
 */
record Certificate(KeyStore keys, KeyStore authority) {

	private static final String PASSWORD = "changeit";

	/**
	 * A certificate.
	 * @param directory where its files are
	 * @param host whose it is
	 * @param validity options of the tool that say when it holds
	 */
	static Certificate of(Path directory, String host, String... validity) throws Exception {
		Path authority = directory.resolve(host + "-authority.p12");
		Path server = directory.resolve(host + ".p12");
		Path request = directory.resolve(host + ".csr");
		Path signed = directory.resolve(host + ".pem");
		keytool(authority, "-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
		keytool(server, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + host);
		keytool(server, "-certreq", "-file", request.toString());
		List<String> sign = new ArrayList<>(List.of("-gencert", "-infile", request.toString(), "-outfile",
				signed.toString(), "-rfc", "-ext", "SAN=dns:" + host));
		sign.addAll(Arrays.asList(validity));
		keytool(authority, sign.toArray(String[]::new));
		KeyStore keys = read(server);
		try (InputStream in = Files.newInputStream(signed)) {
			java.security.cert.Certificate certificate = CertificateFactory.getInstance("X.509")
				.generateCertificate(in);
			keys.setKeyEntry("mykey", keys.getKey("mykey", PASSWORD.toCharArray()), PASSWORD.toCharArray(),
					new java.security.cert.Certificate[] { certificate });
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("authority", read(authority).getCertificate("mykey"));
		return new Certificate(keys, trusted);
	}

	private static void keytool(Path store, String... options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
		command.addAll(Arrays.asList(options));
		command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
		Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(said).isZero();
	}

	private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

	Http11SslContextSpec server() throws GeneralSecurityException {
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(this.keys, PASSWORD.toCharArray());
		return Http11SslContextSpec.forServer(factory);
	}

	/** A bundle that trusts the authority, and has the certificate. */
	SslBundle bundle() {
		return SslBundle.of(SslStoreBundle.of(this.keys, PASSWORD, this.authority));
	}

	/** The client, trusting the authority. */
	HttpClient trustedBy(HttpClient client) {
		GenericSslContextSpec<?> trusting = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(trustManagers()));
		return client.configuration().isSecure() ? client.secure((ssl) -> ssl.sslContext(trusting)) : client;
	}

	TrustManagerFactory trustManagers() {
		try {
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init(this.authority);
			return factory;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
