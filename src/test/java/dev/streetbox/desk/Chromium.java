package dev.streetbox.desk;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a real Chromium without a window and opens pages in it, each with storage of its own. {@link
 * #kill} and {@link #close} end it with SIGKILL.
 */
public final class Chromium implements AutoCloseable {
  private final ChildProcess process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final List<Page> pages = new ArrayList<>();

  /** Starts a browser; its profile is a new folder in {@code dir}. */
  public Chromium(Path dir) throws IOException {
    Path profile = Files.createTempDirectory(dir, "browser");
    process =
        ChildProcess.start(
            dir,
            Program.CHROMIUM,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    Path file = profile.resolve("DevToolsActivePort");
    port =
        Eventually.get(
            "the browser's port",
            () -> {
              if (!process.isAlive()) {
                throw new IOException("chromium has ended: " + process.errors());
              }
              List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
              return lines.size() < 2
                  ? Optional.empty()
                  : Optional.of(Integer.parseInt(lines.get(0)));
            });
  }

  /** Opens an address in a tab of its own. */
  public Page open(String address) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      String debugger = JsonTree.parse(answer).string("webSocketDebuggerUrl").orElseThrow();
      Page page = new Page(http, URI.create(debugger));
      pages.add(page);
      page.navigate(address);
      return page;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Kills the browser with all its pages, so that nothing is sent any more. */
  public void kill() throws IOException {
    process.kill();
  }

  @Override
  public void close() {
    pages.forEach(Page::disconnect);
    process.close();
  }
}
