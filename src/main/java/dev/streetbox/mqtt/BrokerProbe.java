package dev.streetbox.mqtt;

import dev.streetbox.bus.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tests each step of the way to the broker once, with the client id of the agent, so that the
 * broker's rules for that id apply. A broker closes the older of two connections with one client
 * id, so the probe must not run beside an agent. Used by one thread.
 */
public final class BrokerProbe {
  /** Names the steps, in the order in which they are tested. */
  public enum Step {
    /** The broker's name resolves to an address. */
    NAME,
    /** An address accepts a TCP connection. */
    TCP,
    /** The broker's certificate is valid; tested with mqtts only. */
    TLS,
    /** The broker accepts CONNECT. */
    LOGIN,
    /** The broker accepts a message on each topic. */
    PUBLISH
  }

  /**
   * Holds the result of a probe.
   *
   * @param passed the steps that passed, in order
   * @param cause why the next step did not pass; empty if all passed
   * @param certificateEnd the earliest end of validity in the broker's certificate chain; empty
   *     without TLS or if the handshake did not complete
   */
  public record Outcome(List<Step> passed, String cause, Optional<Instant> certificateEnd) {
    /** Returns whether every step passed. */
    public boolean allPassed() {
      return cause.isEmpty();
    }
  }

  private final boolean encrypted;
  private final NetworkProbe network;
  private final LoginProbe login;

  /**
   * Creates a probe and opens nothing.
   *
   * @param session the session that the agent opens, so that the broker keeps what it holds for it
   * @param trials the messages to publish
   * @param time real time, which limits the wait for the network
   */
  public BrokerProbe(BrokerSettings settings, Session session, List<Message> trials, Time time) {
    this.encrypted = BrokerUri.isEncrypted(settings.uri());
    this.network = new NetworkProbe(settings, time);
    this.login = new LoginProbe(settings, session, trials, time);
  }

  /**
   * Tests the steps until one does not pass. Takes at most 30 s, and in addition as long as the
   * resolver takes.
   *
   * @throws IOException only if the thread was interrupted
   */
  public Outcome run() throws IOException {
    List<Step> passed = new ArrayList<>();
    Optional<Instant> certificateEnd = Optional.empty();
    try {
      certificateEnd = testNetwork(passed);
      testLogin(passed);
      return new Outcome(List.copyOf(passed), "", certificateEnd);
    } catch (ProbeException e) {
      return new Outcome(List.copyOf(passed), e.getMessage(), certificateEnd);
    }
  }

  private Optional<Instant> testNetwork(List<Step> passed) throws IOException {
    List<InetSocketAddress> addresses = network.resolve();
    passed.add(Step.NAME);
    try (SocketChannel channel = network.connect(addresses)) {
      passed.add(Step.TCP);
      if (!encrypted) {
        return Optional.empty();
      }
      Optional<Instant> certificateEnd = network.handshake(channel);
      passed.add(Step.TLS);
      return certificateEnd;
    }
  }

  private void testLogin(List<Step> passed) throws IOException {
    Connection connection = login.open();
    try {
      login.awaitConnected(connection);
      passed.add(Step.LOGIN);
      login.publish(connection);
      passed.add(Step.PUBLISH);
      login.disconnect(connection);
    } finally {
      connection.drop();
    }
  }
}
