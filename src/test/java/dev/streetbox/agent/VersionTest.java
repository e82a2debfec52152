package dev.streetbox.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void theBuildFillsInTheNumberAndTheTime() {
    Version version = Version.current();
    assertTrue(version.number().matches("\\d+\\.\\d+\\.\\d+.*"), version.number());
    assertTrue(version.built().isAfter(Instant.parse("2026-01-01T00:00:00Z")));
  }
}
