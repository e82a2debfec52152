package dev.streetbox.desk;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Drives one page of a {@link Chromium} by its DevTools protocol. */
public final class Page {
  private static final long LIMIT_S = 60;

  private final WebSocket socket;
  private final Map<Long, CompletableFuture<JsonTree>> answers = new ConcurrentHashMap<>();
  private final StringBuilder part = new StringBuilder();
  private long lastId;

  Page(HttpClient http, URI debugger) {
    socket = http.newWebSocketBuilder().buildAsync(debugger, new Answers()).join();
  }

  /** Opens another address in the page. */
  public void navigate(String address) throws IOException {
    JsonTree unused = call("Page.navigate", "{\"url\":" + quoted(address) + "}");
  }

  /** Loads the page anew. */
  public void reload() throws IOException {
    JsonTree unused = call("Page.reload", "{}");
  }

  /**
   * Returns the value of an expression as text; a promise is awaited.
   *
   * @throws IOException if the expression throws
   */
  public String value(String expression) throws IOException {
    JsonTree answer =
        call(
            "Runtime.evaluate",
            "{\"returnByValue\":true,\"awaitPromise\":true,\"userGesture\":true,\"expression\":"
                + quoted("(async () => String(" + expression + "))()")
                + "}");
    JsonTree thrown = answer.child("exceptionDetails");
    if (!thrown.childNames().isEmpty()) {
      throw new IOException(
          expression + ": " + thrown.child("exception").string("description").orElse("thrown"));
    }
    return answer.child("result").string("value").orElse("");
  }

  /** Returns the text of the first element that a selector finds; empty if there is none. */
  public String text(String selector) throws IOException {
    return value("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''");
  }

  /** Waits until an expression is true. */
  public void await(String expression) throws IOException {
    try {
      Eventually.holds(expression, () -> isTrue(expression));
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage() + "; the page shows:\n" + value("document.body?.innerText"), e);
    }
  }

  /** Waits until an element's text contains words. */
  public void awaitText(String selector, String words) throws IOException {
    await(
        "(document.querySelector(%s)?.innerText ?? '').includes(%s)"
            .formatted(quoted(selector), quoted(words)));
  }

  /** Clicks on an element once it is there and enabled. */
  public void click(String selector) throws IOException {
    String element = "document.querySelector(" + quoted(selector) + ")";
    await(element + " && !" + element + ".disabled");
    String unused = value(element + ".click()");
  }

  /** Types a text into a field. */
  public void type(String selector, String text) throws IOException {
    String unused = value("document.querySelector(" + quoted(selector) + ").focus()");
    JsonTree unusedAnswer = call("Input.insertText", "{\"text\":" + quoted(text) + "}");
  }

  /** Presses and releases a key of one character. */
  public void key(String key) throws IOException {
    for (String type : new String[] {"keyDown", "keyUp"}) {
      JsonTree unused =
          call(
              "Input.dispatchKeyEvent",
              "{\"type\":\"%s\",\"key\":%s,\"text\":%s}"
                  .formatted(type, quoted(key), quoted(type.equals("keyDown") ? key : "")));
    }
  }

  /** Sets the size of the window, and whether the reader prefers dark colours. */
  public void look(int width, int height, boolean isDark) throws IOException {
    JsonTree unusedSize =
        call(
            "Emulation.setDeviceMetricsOverride",
            "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%b}"
                .formatted(width, height, width < 600));
    JsonTree unusedColours =
        call(
            "Emulation.setEmulatedMedia",
            "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
                .formatted(isDark ? "dark" : "light"));
  }

  /** Writes what the page shows to a PNG file. */
  public void screenshot(Path file) throws IOException {
    JsonTree answer = call("Page.captureScreenshot", "{\"format\":\"png\"}");
    Files.write(file, Base64.getDecoder().decode(answer.string("data").orElseThrow()));
  }

  /** Closes the page as a reader closes a tab. */
  public void close() throws IOException {
    JsonTree unused = call("Page.close", "{}");
    disconnect();
  }

  void disconnect() {
    socket.abort();
  }

  private boolean isTrue(String expression) throws IOException {
    try {
      return value("Boolean(" + expression + ")").equals("true");
    } catch (IOException e) {
      return false; // The page is loading, or has not defined the names yet.
    }
  }

  private JsonTree call(String method, String parameters) throws IOException {
    long id = ++lastId;
    CompletableFuture<JsonTree> answer = new CompletableFuture<>();
    answers.put(id, answer);
    try {
      WebSocket unused =
          socket
              .sendText(
                  "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters),
                  true)
              .get(LIMIT_S, TimeUnit.SECONDS);
      return answer.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(method + " " + parameters + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Collects the parts of each message and completes the call that it answers. */
  private final class Answers implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
      part.append(text);
      if (isLast) {
        complete(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void complete(String message) {
      try {
        JsonTree tree = JsonTree.parse(message);
        tree.number("id")
            .ifPresent(
                id -> {
                  CompletableFuture<JsonTree> waiting = answers.remove((long) id);
                  if (waiting != null && tree.childNames().contains("error")) {
                    waiting.completeExceptionally(new IOException(message));
                  } else if (waiting != null) {
                    waiting.complete(tree.child("result"));
                  }
                });
      } catch (IOException e) {
        answers.values().forEach(waiting -> waiting.completeExceptionally(e));
      }
    }
  }
}
