package dev.streetbox.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.streetbox.listen.ReceivedAccount;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTableTest {
  private static String printed(long malformed, ReceivedAccount... accounts) {
    StringWriter text = new StringWriter();
    AuditTable.print(List.of(accounts), List.of(), malformed, new PrintWriter(text));
    return text.toString();
  }

  @Test
  void eachBootIsALine() {
    assertEquals(
        """
        box                    boot   received duplicates  declared unexplained
        sb-0042                  41       1801          2         0           0
        sb-0042                  42         60          0        12           3
        """,
        printed(
            0,
            new ReceivedAccount("sb-0042", 41, 1801, 2, 0, 0, 0),
            new ReceivedAccount("sb-0042", 42, 60, 0, 0, 12, 3)));
  }

  @Test
  void rowsWithTwoContentsAreNamedBelowTheTable() {
    assertEquals(
        """
        box                    boot   received duplicates  declared unexplained
        sb-1                      3          9          5         0           0
        sb-1 boot 3: 4 rows were received with two contents; likely cause: two boxes with one id
        """,
        printed(0, new ReceivedAccount("sb-1", 3, 9, 5, 4, 0, 0)));
  }

  @Test
  void skippedMessagesAreCountedEvenWithoutABoot() {
    assertEquals(
        """
        box                    boot   received duplicates  declared unexplained
        7 messages were not those of a box and were skipped
        """,
        printed(7));
  }

  @Test
  void aSimulatedBoxIsNamedBelowTheTable() {
    StringWriter text = new StringWriter();
    AuditTable.print(List.of(), List.of("sb-demo"), 0, new PrintWriter(text));
    assertEquals(
        """
        box                    boot   received duplicates  declared unexplained
        sb-demo: simulated, at least in part; its rows are no measurements
        """,
        text.toString());
  }

  @Test
  void closedAccountsAreLinesOfOlderBoots() {
    assertEquals(
        """
        box                    boot   received duplicates  declared unexplained
        (other boxes)         older          7          0         0           0
        sb-1                  older          9          5         0           1
        """,
        printed(
            0,
            new ReceivedAccount("(other boxes)", 0, 7, 0, 0, 0, 0),
            new ReceivedAccount("sb-1", 0, 9, 5, 0, 0, 1)));
  }

  @Test
  void whatIsNotAccountedForIsALineOnlyIfThereIsAny() {
    StringWriter text = new StringWriter();
    AuditTable.printUnaccounted(0, new PrintWriter(text));
    assertEquals("", text.toString());
    AuditTable.printUnaccounted(3, new PrintWriter(text));
    assertEquals(
        "3 rows or declarations are not accounted for, because the numbers have too many gaps\n",
        text.toString());
  }
}
