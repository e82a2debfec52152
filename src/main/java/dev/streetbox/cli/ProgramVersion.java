package dev.streetbox.cli;

import dev.streetbox.agent.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"streetbox " + Version.current().number()};
  }
}
