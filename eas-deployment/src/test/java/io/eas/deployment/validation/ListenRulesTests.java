package io.eas.deployment.validation;

import java.util.List;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.reader.DescriptorReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is found of where a process is told to listen. The container's port is 8000.
 */
class ListenRulesTests {

	@ParameterizedTest
	@ValueSource(strings = { "uvicorn a:app --host 127.0.0.1", "uvicorn a:app --host=localhost --port 8000",
			"gunicorn -b 127.0.0.1:8000 a:app", "gunicorn --bind=localhost:8000 a:app",
			"java -Dserver.address=127.0.0.1 -jar a.jar", "java -jar a.jar --server.address=::1",
			"sh -c 'exec uvicorn a:app --host 127.0.0.1'", "bash -lc \\\"flask run --host 127.0.0.1\\\"",
			"python -m http.server --bind 127.0.0.1 8000", "flask --app a run -h 127.0.0.1 -p 8000",
			"dotnet a.dll --urls http://localhost:8000", "python manage.py runserver localhost:8000",
			"python a.py --host=127.0.0.1:8000" })
	void aLoopbackAddressInACommandIsFound(String command) {
		assertThat(codes("command", command)).containsExactly(FindingCode.LOOPBACK_ADDRESS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cd /app\\nuvicorn a:app --host 127.0.0.1", "uvicorn a:app \\\\\\n --host 127.0.0.1",
			"uvicorn a:app --host 127.0.0.1 2>&1 | tee /log", "export A=b; uvicorn a:app --host 127.0.0.1;",
			"uvicorn a:app --host 127.0.0.1 --port 8000 & tail -f /log" })
	void aLoopbackAddressInAScriptIsFound(String script) {
		assertThat(codes("script", script)).containsExactly(FindingCode.LOOPBACK_ADDRESS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "vllm serve m --port 9000", "vllm serve m --port=9000", "flask run --host 0.0.0.0 -p 9000",
			"java -jar a.jar --server.port=8081", "java -Dserver.port=8081 -jar a.jar",
			"gunicorn -b 0.0.0.0:9000 a:app", "gunicorn --bind :9000 a:app", "python -m http.server 9000",
			"python manage.py runserver 9000", "tensorflow_model_server --port=8500 --rest_api_port=8501",
			"sh -c 'exec vllm serve m --port 9000'" })
	void anotherPortInACommandIsFound(String command) {
		assertThat(codes("command", command)).containsExactly(FindingCode.LISTEN_PORT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "vllm serve m --host 0.0.0.0 --port 8000", "gunicorn -w 4 -b 0.0.0.0:8000 a:app",
			"tensorflow_model_server --port=8500 --rest_api_port=8000", "gunicorn --bind unix:/run/a.sock a:app",
			"vllm serve m --port ${PORT}", "train -b 32 -p 4", "python a.py --redis-host 127.0.0.1 --redis-port 6379",
			"python a.py --listen", "uvicorn a:app --host :: --port 8000", "python a.py --message 'use --port 9000'",
			"java -jar a.jar --url http://127.0.0.1:9000" })
	void processOnTheContainersPortIsAccepted(String command) {
		assertThat(codes("command", command)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis-server --bind 127.0.0.1 --port 6379 & vllm serve m --port 8000",
			"uvicorn a:app --host 127.0.0.1 --port 9000 &\\nnginx -g 'daemon off;'",
			"ray start --head --port 6379 && vllm serve m --host 0.0.0.0 --port 8000" })
	void oneCommandOfAScriptOnTheContainersPortIsEnough(String script) {
		assertThat(codes("script", script)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "uvicorn a:app --port 8000", "/opt/bin/uvicorn a:app", "flask --app a run",
			"python -m sglang.launch_server --model-path /m --port 8000", "cd /app && uvicorn a:app",
			"exec env A=b uvicorn a:app", "nohup uvicorn a:app --port 8000 &",
			"bash -euo pipefail -c 'cd /app; exec uvicorn a:app'", "conda run -n web uvicorn a:app",
			"timeout -k 5 1h python3.11 -X dev -m uvicorn a:app", "(cd /app && uvicorn a:app)",
			"start() { uvicorn a:app; }", "uvicorn a:app # --host 0.0.0.0",
			"case $A in\\n a) uvicorn a:app ;;\\nesac" })
	void aServerThatListensOnTheLoopbackAddressByDefaultIsFound(String script) {
		assertThat(codes("script", script)).containsExactly(FindingCode.LOOPBACK_POSSIBLE);
		assertThat(findings("script", script, "UVICORN_HOST", "0.0.0.0")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "uvicorn a:app --uds /run/a.sock", "gunicorn -k uvicorn.workers.UvicornWorker a:app",
			"uvicorn a:app --port 9000 & nginx", "pip install flask && python a.py",
			"python a.py --server uvicorn --port 8000", "conda run -n flask python a.py",
			"exec python a.py --port 8000 # uvicorn", "# don't: uvicorn a:app\\npython a.py", "python -u a.py uvicorn",
			"sudo -u flask python a.py run", "flask db upgrade", "echo 'a; uvicorn a:app'",
			"uvicorn a:app $UVICORN_ARGS", "uvicorn a:app --workers $(nproc | head -1) --host 0.0.0.0",
			"celery -A tasks worker --hostname localhost", "python a.py --urls http://localhost:9000" })
	void otherScriptsAreNotReportedAsListeningOnLoopback(String script) {
		assertThat(codes("script", script)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"if $DEV; then uvicorn a:app --host 0.0.0.0 --port 8000; else uvicorn a:app --port 8000; fi",
			"if $DEV; then uvicorn a:app --host 127.0.0.1 --port 8000; else uvicorn a:app --host 0.0.0.0 --port 8000; fi",
			"case $A in dev) flask run --host 127.0.0.1 -p 8000 ;; *) python a.py ;; esac",
			"python a.py --server-name 127.0.0.1" })
	void processThatMayListenOnLoopbackIsAWarning(String script) {
		assertThat(codes("script", script)).containsExactly(FindingCode.LOOPBACK_POSSIBLE);
		assertThat(FindingCode.LOOPBACK_POSSIBLE.severity()).isEqualTo(Severity.WARNING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "if $DEV; then sleep 1; fi; uvicorn a:app --host 127.0.0.1",
			"while true; do uvicorn a:app --host 127.0.0.1; done", "text-generation-launcher --hostname 127.0.0.1",
			"uvicorn a:app --host 127.0.0.1 2>&1 |\\n tee /log" })
	void processThatCertainlyListensOnLoopbackIsAnError(String script) {
		assertThat(codes("script", script)).containsExactly(FindingCode.LOOPBACK_ADDRESS);
	}

	@ParameterizedTest
	@CsvSource({ "HOST, 127.0.0.1", "SERVER_ADDRESS, 127.0.0.1" })
	void containerBesideTheServingOneMayListenOnLoopback(String name, String value) {
		String sidecar = ", {\"image\": \"registry-vpc.cn-hangzhou.aliyuncs.com/a/b:1\", \"env\": [{\"name\": \"" + name
				+ "\", \"value\": \"" + value + "\"}]}\n    ]\n}";
		assertThat(DescriptorValidator.validate(DescriptorReader.parse(ServiceFiles.good("\n    ]\n}", sidecar))))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "PORT, 9000, LISTEN_PORT", "SERVER_PORT, 8081, LISTEN_PORT", "UVICORN_PORT, 9000, LISTEN_PORT",
			"HOST, 127.0.0.1, LOOPBACK_POSSIBLE", "HOST, 1,", "HOST, 0001,", "SERVER_ADDRESS, 1,",
			"SERVER_ADDRESS, '::',", "SERVER_ADDRESS, 0:0:0:0:0:0:0:1, LOOPBACK_ADDRESS",
			"SERVER_ADDRESS, localhost, LOOPBACK_ADDRESS", "GRADIO_SERVER_NAME, ::1, LOOPBACK_ADDRESS", "PORT, 8000,",
			"HOST, 0.0.0.0,", "PORT, tcp://10.0.0.1:80,", "JAVA_TOOL_OPTIONS, -Dserver.port=9000, LISTEN_PORT",
			"JAVA_OPTS, -Xmx1g -Dserver.address=127.0.0.1, LOOPBACK_ADDRESS",
			"GUNICORN_CMD_ARGS, --bind=0.0.0.0:9000, LISTEN_PORT", "JAVA_TOOL_OPTIONS, -Xmx1g,", "REDIS_PORT, 6379,",
			"REDIS_HOST, 127.0.0.1," })
	void variablesAreReadToo(String name, String value, FindingCode code) {
		List<Finding> findings = findings("command", "java -jar a.jar", name, value);
		assertThat(findings).extracting(Finding::code).isEqualTo((code != null) ? List.of(code) : List.of());
		assertThat(findings.toString()).doesNotContain("9000", "8081", "-D");
	}

	@ParameterizedTest
	@CsvSource({ "PORT, 9000", "HOST, 127.0.0.1" })
	void commandTakesPrecedenceOverAVariable(String name, String value) {
		assertThat(findings("command", "uvicorn a:app --host 0.0.0.0 --port 8000", name, value)).isEmpty();
	}

	private static List<FindingCode> codes(String key, String line) {
		return findings(key, line, "MODEL", "x").stream().map(Finding::code).toList();
	}

	private static List<Finding> findings(String key, String line, String name, String value) {
		String json = ServiceFiles.good("\"command\": \"java -jar /app/app.jar\"", "\"" + key + "\": \"" + line + "\"")
			.replace("\"MODEL\"", "\"" + name + "\"")
			.replace("\"/models/digits\"", "\"" + value + "\"");
		return DescriptorValidator.validate(DescriptorReader.parse(json));
	}

}
