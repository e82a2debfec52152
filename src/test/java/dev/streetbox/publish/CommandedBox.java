package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.streetbox.ContractCheck;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.command.Command;
import dev.streetbox.command.CommandAction;
import dev.streetbox.command.CommandFile;
import dev.streetbox.command.CommandName;
import dev.streetbox.command.Commands;
import dev.streetbox.datadir.StoredSection;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Runs a publisher that receives commands, between a scripted broker and a data folder; can be
 * killed at any moment by making another one over the same folder. Used by the test's thread.
 */
final class CommandedBox {
  private final ScriptedTime time;
  private final ScriptedBroker broker;
  private final Faults faults = new Faults();
  private final RemoteSettings remote = new RemoteSettings(Boxes.settings());
  private final TakenSession taken = new TakenSession();
  private final Effects effects = new Effects();
  private final Commands commands;
  private final Publisher publisher;

  /** Holds the ids of the commands that were done, with their effects. */
  static final class Effects implements StoredSection {
    private final List<String> ids = new ArrayList<>();

    @Override
    public String key() {
      return "effects";
    }

    @Override
    public Map<String, Object> content() {
      return ids.isEmpty() ? Map.of() : Map.of("ids", String.join(" ", ids));
    }

    @Override
    public void restore(JsonTree content) {
      ids.clear();
      content.string("ids").ifPresent(all -> ids.addAll(List.of(all.split(" "))));
    }

    private Map<String, Object> add(Command command) {
      ids.add(command.id());
      return Map.of("status", "done");
    }
  }

  /** Creates a box under its plain name. */
  CommandedBox(Path folder, Outbox outbox, ScriptedTime time, ScriptedBroker broker) {
    this(folder, outbox, new PlainNames("sb-0042"), time, broker);
  }

  CommandedBox(
      Path folder, Outbox outbox, PublishedNames names, ScriptedTime time, ScriptedBroker broker) {
    this.time = time;
    this.broker = broker;
    CommandAction effect = effects::add;
    commands =
        new Commands(
            new CommandFile(folder, List.of(remote, taken, effects)),
            Map.of(
                CommandName.PING, command -> Map.of("boot", outbox.boot()),
                CommandName.REPORT_STATUS, effect,
                CommandName.SET, command -> remote.set(command, time.tickMs())),
            time,
            faults);
    publisher =
        new Publisher(
            new PublishedBox(Boxes.IDENTITY, names, Boxes.settings(), outbox, remote),
            broker,
            new Clocks(time, time),
            new SplittableRandom(7),
            faults);
    publisher.receive(commands, taken);
  }

  Commands commands() {
    return commands;
  }

  Publisher publisher() {
    return publisher;
  }

  RemoteSettings remote() {
    return remote;
  }

  /** Returns the ids of the commands with an effect that were done. */
  List<String> done() {
    return effects.ids;
  }

  /** Runs cycles of the publisher and of the commands for so many ms. */
  void forMs(long ms) throws IOException {
    long endMs = time.tickMs() + ms;
    while (time.tickMs() < endMs) {
      publisher.cycle();
      commands.work();
    }
  }

  /** Delivers a command on the last connection. */
  void deliver(int packetId, String cmd, String json) {
    broker.deliver(
        new Message("t/v1/sb-0042/" + cmd, json.getBytes(UTF_8), "", false)
            .correlatedBy(new byte[] {1, (byte) packetId}),
        packetId);
  }

  /** Returns the texts of the active faults of a place. */
  String fault(String place) {
    return faults.list().stream()
        .filter(fault -> fault.place().equals(place) && fault.active())
        .map(Faults.Fault::text)
        .collect(Collectors.joining("; "));
  }

  /** Removes the messages that the broker received and returns the answers among them. */
  List<Message> answers() throws IOException {
    List<Message> answers =
        broker.received().stream().filter(message -> message.topic().endsWith("/ack")).toList();
    for (Message answer : answers) {
      ContractCheck.requireValid(answer);
    }
    return answers;
  }

  static String reportStatus(String id) {
    return "{\"id\":\"%s\",\"cmd\":\"report-status\",\"args\":{\"id\":\"r\",\"status\":\"done\"}}"
        .formatted(id);
  }

  static String ping(String id) {
    return "{\"id\":\"%s\",\"cmd\":\"ping\"}".formatted(id);
  }

  static String set(String id, String key, String value) {
    return "{\"id\":\"%s\",\"cmd\":\"set\",\"args\":{\"key\":\"%s\",\"value\":%s}}"
        .formatted(id, key, value);
  }
}
