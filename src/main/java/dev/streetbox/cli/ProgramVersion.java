package dev.streetbox.cli;

import dev.streetbox.agent.Version;
import picocli.CommandLine.IVersionProvider;

/** Provides the text of {@code --version}. */
final class ProgramVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"streetbox " + Version.current().number()};
  }
}
