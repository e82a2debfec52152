package dev.streetbox.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.streetbox.Program;
import dev.streetbox.datadir.DataLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one data folder. */
class OtherProcessIT {
  private static final int ENDLESS = 1_000_000;

  @TempDir private Path dir;

  @Test
  void othersReadWhatAnAgentStoresButNoSecondAgentBegins()
      throws IOException, InterruptedException {
    Process box =
        Program.JAVA
            .process(TracedBox.arguments(dir, ENDLESS, 1, "cut"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Promises promises = new Promises();
    try (BufferedReader lines = box.inputReader()) {
      for (int i = 0; i < 200; i++) {
        String line = lines.readLine();
        promises.hear(line);
        if (line.startsWith(TracedBox.MARK + "durable")) {
          assertEquals(Optional.empty(), DataLock.take(dir));
          try (StoreView view = StoreView.open(dir)) {
            StoreAccount storeAccount = view.accounts().get(0);
            assertEquals(0, storeAccount.unexplained(), storeAccount.toString());
            long durable = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            assertTrue(storeAccount.sampled() >= durable, storeAccount + " after " + line);
            assertEquals(List.of(), view.check());
          }
        }
      }
      // By its handle: the process object would close the pipe, and what is still in it.
      box.toHandle().destroyForcibly();
      lines.lines().forEach(promises::hear);
    }
    box.waitFor();
    DataLock.take(dir).orElseThrow().close();
    promises.check(dir, "killed");
  }
}
