package dev.streetbox.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.ChildProcess;
import dev.streetbox.Program;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Mosquitto;
import dev.streetbox.mqtt.MosquittoSub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Stands for a box: publishes what a test says, and keeps a session in which commands wait while it
 * is off.
 */
final class ScriptedBox implements AutoCloseable {
  private static final String[] LOGIN = {"-u", "box", "-P", "box"};

  private final Path dir;
  private final Mosquitto broker;
  private final String id;
  private Optional<MosquittoSub> commands = Optional.empty();

  /** Creates a box that is off; its session exists after the first {@link #switchOn}. */
  ScriptedBox(Path dir, Mosquitto broker, String id) {
    this.dir = dir;
    this.broker = broker;
    this.id = id;
  }

  /** Connects, subscribes to the commands, and publishes the retained state. */
  void switchOn() throws IOException {
    String[] session = {"-c", "-i", id, "-x", "604800"};
    List<String> options = new ArrayList<>(Arrays.asList(session));
    options.addAll(List.of(LOGIN));
    commands =
        Optional.of(new MosquittoSub(broker, topic("cmd/#"), options.toArray(String[]::new)));
    state("online");
  }

  /** Ends the connection; the session stays. */
  void switchOff() throws IOException {
    if (commands.isPresent()) {
      commands.get().close();
      commands = Optional.empty();
      state("offline");
    }
  }

  private void state(String word) throws IOException {
    String body =
        "{\"v\":1,\"box\":\"%s\",\"boot\":41,\"state\":\"%s\",\"version\":\"0.2.0\",\"config\":\"5d41402a\",\"calibration\":\"none\"}"
            .formatted(id, word);
    publish("state", body, "-r");
  }

  /** Publishes on one of the box's topics at QoS 1. */
  void publish(String topic, String body, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-V", "5", "-q", "1", "-h", "127.0.0.1"));
    arguments.addAll(List.of("-p", Integer.toString(broker.port()), "-t", topic(topic)));
    arguments.addAll(List.of("-m", body));
    arguments.addAll(List.of(LOGIN));
    arguments.addAll(List.of(more));
    try (ChildProcess sender =
        ChildProcess.start(dir, Program.MOSQUITTO_PUB, arguments.toArray(String[]::new))) {
      assertEquals(0, sender.await(60), sender.errors());
    }
  }

  /** Publishes an event with this number; {@code fields} are further members. */
  void event(int number, String kind, String fields) throws IOException {
    publish(
        "event",
        "{\"v\":1,\"box\":\"%s\",\"boot\":41,\"id\":\"%s\",\"kind\":\"%s\",\"t\":%d,\"tq\":\"gnss\"%s}"
            .formatted(id, eventId(number), kind, System.currentTimeMillis(), fields));
  }

  /** Returns the id of the event with this number. */
  String eventId(int number) {
    return id + "-41-" + number;
  }

  /** Waits for the next command. */
  JsonTree nextCommand() throws IOException {
    MosquittoSub.Message message = commands.orElseThrow().next();
    assertEquals(topic("cmd/report-status"), message.topic());
    return JsonTree.parse(message.payload());
  }

  /** Returns the bodies of the commands that have arrived besides those that were waited for. */
  List<String> arrivedCommands() throws IOException {
    return commands.orElseThrow().arrived().stream().map(MosquittoSub.Message::payload).toList();
  }

  /** Answers a command with the state that holds. */
  void acknowledge(JsonTree command) throws IOException {
    publish(
        "ack",
        "{\"v\":1,\"box\":\"%s\",\"id\":\"%s\",\"cmd\":\"report-status\",\"ok\":true,\"result\":{\"status\":\"%s\"}}"
            .formatted(
                id,
                command.string("id").orElseThrow(),
                command.child("args").string("status").orElseThrow()));
  }

  private String topic(String rest) {
    return "streetbox/v1/" + id + "/" + rest;
  }

  @Override
  public void close() throws IOException {
    if (commands.isPresent()) {
      commands.get().close();
    }
  }
}
