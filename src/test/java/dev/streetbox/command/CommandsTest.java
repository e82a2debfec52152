package dev.streetbox.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.datadir.StoredSection;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does commands once each, without a broker. */
class CommandsTest {
  private static final String SET = "\"key\":\"a\",\"value\":1";

  @TempDir Path folder;
  private final ScriptedTime time = new ScriptedTime();
  private final Faults faults = new Faults();
  private final List<String> done = new ArrayList<>();
  private Section section;
  private Commands commands;

  /** Counts what was done, durably. */
  private static final class Section implements StoredSection {
    private String effects = "";

    @Override
    public String key() {
      return "section";
    }

    @Override
    public Map<String, Object> content() {
      return effects.isEmpty() ? Map.of() : Map.of("effects", effects);
    }

    @Override
    public void restore(JsonTree content) {
      effects = content.string("effects").orElse("");
    }
  }

  @BeforeEach
  void start() {
    section = new Section();
    Map<CommandName, CommandAction> actions =
        Map.of(
            CommandName.PING,
            command -> Map.of("boot", 41),
            CommandName.SET,
            command -> {
              done.add(command.id());
              section.effects += command.id() + " ";
              return Map.of("value", command.arguments().integer("value", 1, 9));
            },
            CommandName.ABOUT,
            command -> {
              throw new IllegalStateException("a bug");
            });
    commands = new Commands(new CommandFile(folder, List.of(section)), actions, time, faults);
  }

  private static String body(Optional<HandledCommand> handled) {
    return handled.orElseThrow().answer().orElseThrow().body();
  }

  /** Makes the folder one that takes no file, as a full disk does; the tests run as root. */
  private void breakDisk() throws IOException {
    Files.move(folder, folder.resolveSibling("away"));
    Files.createFile(folder);
  }

  private void mendDisk() throws IOException {
    Files.delete(folder);
    Files.move(folder.resolveSibling("away"), folder);
  }

  @Test
  void aPingIsAnsweredAtOnceAndIsNotDurable() {
    commands.receive(Sent.command(7, "p", "ping", ""));
    HandledCommand handled = commands.next().orElseThrow();
    assertEquals(7, handled.number());
    assertFalse(handled.durable());
    assertEquals(
        "{\"v\":1,\"box\":\"sb-1\",\"id\":\"p\",\"cmd\":\"ping\",\"ok\":true,\"result\":{\"boot\":41}}",
        handled.answer().orElseThrow().body());
    assertEquals("0a0b", handled.answer().orElseThrow().correlation());
    commands.work();
    assertFalse(Files.exists(folder.resolve("commands")), "a ping leaves nothing on the disk");
  }

  @Test
  void aDurableCommandIsHandledOnlyOnceItIsOnTheDiskWithItsEffect() throws IOException {
    commands.receive(Sent.command(1, "s", "set", SET));
    assertEquals(Optional.empty(), commands.next());
    commands.work();
    assertTrue(commands.next().orElseThrow().durable());
    String file = Files.readString(folder.resolve("commands"));
    assertTrue(file.contains("\"effects\":\"s \""), file);
    assertTrue(file.contains("\"id\":\"s\""), file);
  }

  @Test
  void anIdSeenBeforeIsAnsweredAgainAndNotDoneAgainAlsoAfterARestart() {
    commands.receive(Sent.command(1, "s", "set", SET));
    commands.work();
    String first = body(commands.next());
    commands.receive(Sent.command(2, "s", "set", "\"key\":\"a\",\"value\":2"));
    commands.receive(Sent.command(3, "s", "ping", ""));
    commands.work();
    assertEquals(first, body(commands.next()), "a ping with that id");
    assertEquals(first, body(commands.next()));
    assertEquals(new CommandCounts(1, 2, 0, 0), commands.counts());
    start();
    assertEquals(first, body(commands.next()), "the broker may not have the answer");
    commands.receive(Sent.command(4, "s", "set", SET));
    commands.work();
    assertEquals(first, body(commands.next()));
    assertEquals(List.of("s"), done);
    assertEquals("s ", section.effects, "the effect is restored");
  }

  @Test
  void anAnswerThatTheBrokerHasIsNotSentAgainAfterARestart() {
    commands.receive(Sent.command(1, "s", "set", SET));
    commands.work();
    commands.markDelivered(commands.next().orElseThrow().answer().orElseThrow());
    commands.close();
    start();
    assertEquals(Optional.empty(), commands.next());
  }

  @Test
  void aRefusalByWhatACommandAsksForIsRememberedToo() {
    commands.receive(Sent.command(1, "s", "set", "\"key\":\"a\",\"value\":10"));
    commands.work();
    String refusal = body(commands.next());
    assertTrue(
        refusal.contains("\"ok\":false,\"error\":\"the argument value must be from 1 to 9"),
        refusal);
    start();
    assertEquals(refusal, body(commands.next()));
    assertEquals(new CommandCounts(0, 0, 0, 0), commands.counts());
  }

  @Test
  void theLast256IdsAreRemembered() {
    for (int i = 0; i < 300; i++) {
      commands.receive(Sent.command(i, "s" + i, "set", SET));
      commands.work();
      time.pass(Duration.ofSeconds(2));
    }
    int before = done.size();
    commands.receive(Sent.command(1000, "s44", "set", SET));
    commands.receive(Sent.command(1001, "s43", "set", SET));
    commands.work();
    assertEquals(before + 1, done.size());
    assertEquals("s43", done.get(before));
  }

  @Test
  void moreThan60CommandsInAMinuteAreBusyAndAMinuteLaterTheyAreDone() {
    for (int i = 0; i < 60; i++) {
      commands.receive(Sent.command(i, "p" + i, "ping", ""));
      assertTrue(body(commands.next()).contains("\"ok\":true"), "" + i);
    }
    commands.receive(Sent.command(60, "late", "ping", ""));
    assertTrue(body(commands.next()).contains("\"error\":\"busy"));
    commands.receive(Sent.json(61, "no json"));
    assertEquals(Optional.empty(), commands.next().orElseThrow().answer());
    time.pass(Duration.ofMinutes(1));
    commands.receive(Sent.command(62, "late", "ping", ""));
    assertTrue(body(commands.next()).contains("\"ok\":true"));
    assertEquals(new CommandCounts(61, 0, 1, 1), commands.counts());
  }

  @Test
  void commandsThatWaitForAWorkingDiskAreAllDone() {
    commands.work();
    for (int i = 0; i < 30; i++) {
      commands.receive(Sent.command(i, "s" + i, "set", SET));
    }
    commands.work();
    assertEquals(30, done.size());
  }

  @Test
  void commandsThatWaitForAStuckDiskAreLimitedAndPingsAreNotDelayedByThem() {
    time.pass(Duration.ofSeconds(4));
    for (int i = 0; i < 12; i++) {
      commands.receive(Sent.command(i, "s" + i, "set", SET));
    }
    assertTrue(body(commands.next()).contains("busy"));
    assertTrue(body(commands.next()).contains("busy"));
    commands.receive(Sent.command(20, "p", "ping", ""));
    assertTrue(body(commands.next()).contains("\"ok\":true"));
    commands.work();
    assertEquals(10, done.size());
  }

  @Test
  void aCommandThatTheDiskDidNotTakeIsReportedOnceTheDiskTakesIt() throws IOException {
    commands.receive(Sent.command(1, "s", "set", SET));
    breakDisk();
    commands.work();
    assertEquals(Optional.empty(), commands.next(), "neither acknowledged nor answered");
    commands.receive(Sent.command(2, "t", "set", SET));
    commands.work();
    String refusal = body(commands.next());
    assertTrue(refusal.contains("the disk does not take it"), refusal);
    commands.receive(Sent.command(3, "p", "ping", ""));
    assertTrue(body(commands.next()).contains("\"ok\":true"), "a ping needs no disk");
    assertTrue(faults.list().get(0).active());
    mendDisk();
    commands.work();
    assertTrue(body(commands.next()).contains("\"id\":\"s\""));
    assertFalse(faults.list().get(0).active());
    commands.receive(Sent.command(4, "t", "set", SET));
    commands.work();
    assertTrue(body(commands.next()).contains("\"ok\":true"));
    assertEquals(List.of("s", "t"), done);
  }

  @Test
  void aRepeatedCommandIsNotAnsweredBeforeTheDiskHasTheFirst() throws IOException {
    commands.receive(Sent.command(1, "s", "set", SET));
    commands.receive(Sent.command(2, "s", "set", SET));
    breakDisk();
    commands.work();
    assertEquals(Optional.empty(), commands.next());
    mendDisk();
    commands.work();
    assertEquals(1, commands.next().orElseThrow().number());
    assertEquals(2, commands.next().orElseThrow().number());
    assertEquals(List.of("s"), done);
  }

  @Test
  void aSectionThatChangedWithoutACommandIsSavedOnRequest() throws IOException {
    section.effects = "changed";
    commands.work();
    assertFalse(Files.exists(folder.resolve("commands")), "not before its time");
    commands.requestSave();
    commands.work();
    assertTrue(Files.readString(folder.resolve("commands")).contains("changed"));
    CommandFile.read(folder, section);
    Files.writeString(folder.resolve("commands"), "{");
    assertThrows(IOException.class, () -> CommandFile.read(folder, section));
  }

  @Test
  void aFileThatIsNoneIsAFaultAndReplaced() throws IOException {
    Files.writeString(folder.resolve("commands"), "{\"v\":1,\"done\":");
    start();
    assertTrue(faults.list().get(0).text().contains("unknown which commands"), "" + faults.list());
    commands.receive(Sent.command(1, "s", "set", SET));
    commands.work();
    assertTrue(body(commands.next()).contains("\"ok\":true"));
    start();
    assertTrue(body(commands.next()).contains("\"id\":\"s\""));
  }

  @Test
  void aBugIsARefusalBecauseTheCommandWouldComeAgain() {
    commands.receive(Sent.command(1, "a", "about", ""));
    assertTrue(body(commands.next()).contains("\"error\":\"a bug"));
    assertEquals("commands", faults.list().get(0).place());
  }

  @Test
  void aCommandWithoutAnActionIsRefused() {
    commands.receive(Sent.command(1, "d", "diag", ""));
    assertTrue(body(commands.next()).contains("this box cannot do it"));
  }

  @Test
  void whoListensIsCalledForEachHandledCommand() {
    int[] calls = {0};
    commands.onHandled(() -> calls[0]++);
    commands.receive(Sent.command(1, "p", "ping", ""));
    commands.receive(Sent.command(2, "s", "set", SET));
    assertEquals(1, calls[0]);
    commands.work();
    assertEquals(2, calls[0]);
  }
}
