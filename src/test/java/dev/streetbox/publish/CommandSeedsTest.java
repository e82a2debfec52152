package dev.streetbox.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Seeds;
import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.measure.JsonTree;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.ScriptedBroker;
import dev.streetbox.mqtt.ScriptedConnection;
import dev.streetbox.outbox.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends commands in random order (right, repeated, malformed, too large, to another box) while the
 * box is killed between any two steps, connections are lost and answers are not acknowledged.
 */
class CommandSeedsTest {
  private static final int COMMANDS = 40;

  @TempDir Path folder;

  /** Runs one seed. */
  private static final class Run {
    private final SplittableRandom random;
    private final Path data;
    private final ScriptedTime time = new ScriptedTime();
    private final ScriptedBroker broker = new ScriptedBroker(time);
    private final Outbox outbox;
    private CommandedBox box;

    /** The messages that the broker holds for the box, by their present packet identifier. */
    private final Map<Integer, Message> held = new LinkedHashMap<>();

    private final Map<String, List<String>> answers = new LinkedHashMap<>();
    private final Set<String> toDo = new TreeSet<>();
    private final Set<String> toPing = new HashSet<>();
    private final Set<String> toRefuse = new HashSet<>();
    private final Set<String> doneAtKills = new HashSet<>();
    private ScriptedConnection deliveredOn;
    private int lastPacketId;
    private boolean losesAnswers;

    Run(Path data, SplittableRandom random) throws IOException {
      this.data = data;
      this.random = random;
      Files.createDirectories(data);
      outbox = Rows.outbox(data, 3);
      broker.answer(
          message ->
              losesAnswers && message.topic().endsWith("/ack") && random.nextInt(3) == 0
                  ? OptionalInt.empty()
                  : OptionalInt.of(0));
      start();
    }

    private void start() throws IOException {
      box = new CommandedBox(data, outbox, time, broker);
    }

    /** Sends one random command. */
    void send(int number) {
      String id = "c" + number;
      switch (random.nextInt(9)) {
        case 0, 1, 2 -> {
          toDo.add(id);
          hold("cmd/report-status", CommandedBox.reportStatus(id), false);
        }
        case 3 -> {
          List<String> seen = new ArrayList<>(toDo);
          if (!seen.isEmpty()) {
            String again = seen.get(random.nextInt(seen.size()));
            hold("cmd", CommandedBox.reportStatus(again), false);
          }
        }
        case 4 -> {
          toPing.add(id);
          hold("cmd/ping", CommandedBox.ping(id), false);
        }
        case 5 -> {
          toRefuse.add(id);
          hold("cmd", "{\"id\":\"" + id + "\",\"cmd\":\"reboot\"}", false);
        }
        case 6 -> {
          toRefuse.add(id);
          hold("cmd", CommandedBox.ping(id).replace("}", " ".repeat(5000) + "}"), false);
        }
        case 7 -> {
          toRefuse.add(id);
          hold("cmd/set", CommandedBox.reportStatus(id), random.nextBoolean());
        }
        default -> {
          hold("cmd", "{\"id\":\"" + id + "\",\"cmd\":", false);
          held.put(
              ++lastPacketId,
              new Message("t/v1/sb-other/cmd", CommandedBox.ping(id).getBytes(UTF_8), "", false));
          deliver(lastPacketId);
        }
      }
    }

    private void hold(String topic, String json, boolean retained) {
      held.put(
          ++lastPacketId, new Message("t/v1/sb-0042/" + topic, json.getBytes(UTF_8), "", retained));
      deliver(lastPacketId);
    }

    private void deliver(int packetId) {
      if (deliveredOn != null && deliveredOn == broker.last() && !deliveredOn.isDropped()) {
        broker.deliver(held.get(packetId), packetId);
      }
    }

    /** Runs for a while, with kills and losses. */
    void step() throws IOException {
      losesAnswers = random.nextInt(4) == 0;
      switch (random.nextInt(8)) {
        case 0 -> kill();
        case 1 -> {
          box.publisher().cycle();
          kill();
        }
        case 2 -> {
          box.publisher().cycle();
          box.commands().work();
          kill();
        }
        case 3 -> {
          box.publisher().cycle();
          box.commands().work();
          box.publisher().cycle();
          kill();
        }
        case 4 -> {
          if (deliveredOn != null && deliveredOn == broker.last() && !deliveredOn.isDropped()) {
            broker.lose(ConnectionFailure.network("lost"));
          }
        }
        default -> {
          // Nothing happens.
        }
      }
      Rows.append(outbox);
      forMs(2000 + random.nextInt(3000));
    }

    private void kill() throws IOException {
      collect();
      start();
      doneAtKills.addAll(box.done());
    }

    void forMs(long ms) throws IOException {
      long endMs = time.tickMs() + ms;
      while (time.tickMs() < endMs) {
        box.publisher().cycle();
        box.commands().work();
        collect();
        redeliver();
      }
    }

    /** Delivers what the broker holds on a new connection, as it does for a session. */
    private void redeliver() {
      ScriptedConnection last = broker.last();
      if (last == deliveredOn || last.isDropped() || last.filters().isEmpty()) {
        return;
      }
      deliveredOn = last;
      List<Message> waiting = List.copyOf(held.values());
      held.clear();
      for (Message message : waiting) {
        held.put(++lastPacketId, message);
        broker.deliver(message, lastPacketId);
      }
    }

    private void collect() throws IOException {
      for (ScriptedConnection connection : broker.connections()) {
        connection.acknowledged().forEach(held::remove);
      }
      for (Message message : box.answers()) {
        String text = UplinkRun.text(message);
        String id = JsonTree.parse(text).string("id").orElseThrow();
        answers.computeIfAbsent(id, any -> new ArrayList<>()).add(text);
      }
    }

    void check() {
      assertEquals(Map.of(), held, "each command is acknowledged");
      assertEquals(0, outbox.status().unacknowledged(), "the account of rows closes");
      assertEquals(toDo, new TreeSet<>(box.done()), "each is done");
      assertEquals(toDo.size(), box.done().size(), "each is done once");
      for (String id : toDo) {
        assertEquals(1, new HashSet<>(answers.get(id)).size(), "one answer to " + id);
        assertTrue(answers.get(id).get(0).contains("\"ok\":true"), id);
      }
      for (String id : toPing) {
        assertTrue(answers.get(id).get(0).contains("\"ok\":true"), id);
      }
      for (String id : toRefuse) {
        assertTrue(answers.containsKey(id), "refused in words: " + id);
        assertFalse(String.valueOf(answers.get(id)).contains("\"ok\":true"), id);
      }
      assertTrue(toDo.containsAll(doneAtKills), "nothing that was done is lost by a kill");
    }
  }

  @Test
  void eachCommandIsDoneOnceOrRefusedOnceWhateverHappensInBetween() {
    Seeds.each(
        50,
        seed -> {
          Run run = new Run(folder.resolve("" + seed), new SplittableRandom(seed));
          for (int number = 0; number < COMMANDS; number++) {
            run.send(number);
            run.step();
          }
          run.losesAnswers = false;
          run.forMs(120_000);
          run.check();
        });
  }
}
