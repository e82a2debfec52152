package dev.streetbox.mqtt;

import dev.streetbox.ContractCheck;
import dev.streetbox.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code mosquitto_sub}, a subscriber that shares no code with the box. A message of a box
 * that is not as the contract says is an AssertionError.
 */
public final class MosquittoSub implements AutoCloseable {
  private static final String MARK = "> ";
  private static final long LIMIT_S = 30;

  /**
   * Holds one message as it arrived.
   *
   * @param topic the topic
   * @param retained the RETAIN flag
   * @param contentType the MQTT 5 content type, or empty
   * @param payload the body as text
   */
  public record Message(String topic, boolean retained, String contentType, String payload) {}

  private final Process process;
  private final BlockingQueue<String> subscribed = new LinkedBlockingQueue<>();
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /** Subscribes at QoS 1 and returns once the broker has granted it. */
  public MosquittoSub(Mosquitto broker, String topicFilter, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("-oL", Program.MOSQUITTO_SUB.executable(), "-V", "5"));
    command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(broker.port()), "-d"));
    command.addAll(List.of("-q", "1", "-t", topicFilter, "-F", MARK + "%t %r %C %p"));
    command.addAll(List.of(options));
    process = Program.STDBUF.process(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::read, "mosquitto_sub");
    reader.setDaemon(true);
    reader.start();
    take(subscribed, "mosquitto_sub was not granted " + topicFilter);
  }

  /** Waits for the next message and returns it. */
  public Message next() throws IOException {
    Message message = take(messages, "mosquitto_sub saw no further message");
    ContractCheck.requireValid(List.of(message.payload()));
    return message;
  }

  /** Waits for the next message that contains that text and returns it; skips those before it. */
  public Message next(String text) throws IOException {
    Message message = next();
    while (!message.payload().contains(text)) {
      message = next();
    }
    return message;
  }

  /** Removes and returns the messages that have arrived. */
  public List<Message> arrived() throws IOException {
    List<Message> all = new ArrayList<>();
    messages.drainTo(all);
    ContractCheck.requireValid(all.stream().map(Message::payload).toList());
    return all;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    arrived();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(MARK)) {
          String[] words = line.substring(MARK.length()).split(" ", 4);
          messages.add(new Message(words[0], words[1].equals("1"), words[2], words[3]));
        } else if (line.startsWith("Subscribed")) {
          subscribed.add(line);
        }
      }
    } catch (IOException e) {
      // The process was closed.
    }
  }

  private static <T> T take(BlockingQueue<T> queue, String otherwise) throws IOException {
    try {
      T item = queue.poll(LIMIT_S, TimeUnit.SECONDS);
      if (item == null) {
        throw new IOException(otherwise + " within " + LIMIT_S + " s");
      }
      return item;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
