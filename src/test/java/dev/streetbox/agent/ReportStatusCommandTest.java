package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.bus.ScriptedTime;
import dev.streetbox.command.CommandFile;
import dev.streetbox.command.CommandName;
import dev.streetbox.command.Commands;
import dev.streetbox.command.HandledCommand;
import dev.streetbox.command.ReceivedCommand;
import dev.streetbox.measure.Faults;
import dev.streetbox.report.ReportStates;
import dev.streetbox.report.ReportStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends the states that a city gives to a box with one report, sent and not yet received. */
class ReportStatusCommandTest {
  private static final String REPORT = "sb-1-4-2";

  @TempDir private Path folder;
  private final ReportStates states = new ReportStates(() -> 7);
  private Commands commands;
  private long number;

  @BeforeEach
  void start() {
    states.add(REPORT, ReportStatus.SENT, "");
    commands =
        new Commands(
            new CommandFile(folder, List.of(states)),
            Map.of(
                CommandName.REPORT_STATUS, command -> ReportStatusCommand.apply(command, states)),
            new ScriptedTime(),
            new Faults());
  }

  /** Returns the answer to a command with these arguments. */
  private String answer(String id, String status) {
    number++;
    String json =
        "{\"id\":\"c%d\",\"cmd\":\"report-status\",\"args\":{\"id\":\"%s\",\"status\":\"%s\"}}"
            .formatted(number, id, status);
    commands.receive(
        new ReceivedCommand(
            number,
            "sb-1",
            false,
            "",
            ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)),
            "",
            ReceivedCommand.Arrival.RIGHT));
    commands.work();
    return commands.next().flatMap(HandledCommand::answer).orElseThrow().body();
  }

  private ReportStatus held() {
    return states.list().get(0).status();
  }

  @Test
  void aStateThatComesLateIsAnsweredWithTheLaterOneThatHolds() {
    assertTrue(answer(REPORT, "done").contains("\"result\":{\"status\":\"done\"}"));
    String late = answer(REPORT, "dispatched");
    assertTrue(late.contains("\"ok\":true") && late.contains("\"status\":\"done\""), late);
    assertEquals(ReportStatus.DONE, held());
  }

  /** Only the box knows whether a report is on its disk or at the broker. */
  @Test
  void aCityCannotGiveTheStatesThatOnlyTheBoxKnows() {
    for (String status : List.of("kept", "sent", "RECEIVED", "")) {
      String refused = answer(REPORT, status);
      assertTrue(
          refused.contains("status is none of received, dispatched, done, rejected"), refused);
    }
    assertEquals(ReportStatus.SENT, held());
  }

  @Test
  void aReportOfAnotherBoxIsRefusedAndNotAdded() {
    String refused = answer("sb-2-1-1", "received");
    assertTrue(refused.contains("this box knows no report with that id"), refused);
    assertEquals(1, states.list().size());
  }
}
