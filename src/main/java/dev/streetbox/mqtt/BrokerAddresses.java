package dev.streetbox.mqtt;

import dev.streetbox.bus.Interruption;
import dev.streetbox.bus.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves the broker's name in the background and keeps the last addresses found, so that neither
 * a silent name server nor a changed address delays a connection. Lasts over all connections. Safe
 * for every thread.
 */
final class BrokerAddresses {
  /** Resolves a host name. */
  interface Resolver {
    /** Returns the addresses of a host; may block for long. */
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** The shortest time between the starts of two lookups, in ms. */
  private static final long PERIOD_MS = 2000;

  /**
   * Limits the lookups at one time. The system's resolver repeats a lost query after 5 s only, so
   * that lookups 2 s apart find a name server that is back within about 2 s.
   */
  private static final int MAX_RUNNING = 3;

  /** The time between two checks of a wait for a lookup, in ms. */
  private static final long CHECK_MS = 250;

  /** The wait for a lookup, in ms, while addresses of an earlier one are known. */
  private static final long KNOWN_WAIT_MS = 1000;

  static {
    // The JVM keeps an address for 30 s and the absence of one for 10 s, so that a broker that
    // moved or a name server that is back is found too late. The system's resolver does the
    // caching.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private final InetSocketAddress broker;
  private final Resolver resolver;
  private final Time time;
  private CompletableFuture<List<InetSocketAddress>> lookup;
  private int running;
  private long lookupMs;
  private List<InetSocketAddress> known = List.of();

  /**
   * @param broker the unresolved address
   * @param time real time
   */
  BrokerAddresses(InetSocketAddress broker, Resolver resolver, Time time) {
    this.broker = broker;
    this.resolver = resolver;
    this.time = time;
  }

  /**
   * Waits for a lookup, 1 s at most if addresses are known from an earlier one.
   *
   * @return at least one address
   * @throws UnknownHostException if there is none, or none within the limit
   * @throws IOException if the thread was interrupted
   */
  List<InetSocketAddress> await(Duration limit) throws IOException {
    boolean hasKnown = !current().isEmpty();
    long leftMs = hasKnown ? Math.min(KNOWN_WAIT_MS, limit.toMillis()) : limit.toMillis();
    while (true) {
      long checkMs = Math.min(CHECK_MS, leftMs);
      try {
        return begin(0).get(checkMs, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw Interruption.of(e, "interrupted while resolving");
      } catch (TimeoutException e) {
        leftMs -= checkMs;
        boolean foundByEarlier = !hasKnown && !current().isEmpty();
        if (leftMs <= 0 || foundByEarlier) {
          return lastKnown(e);
        }
      } catch (ExecutionException e) {
        return lastKnown(e);
      }
    }
  }

  private List<InetSocketAddress> lastKnown(Exception cause) throws UnknownHostException {
    List<InetSocketAddress> last = current();
    if (last.isEmpty()) {
      UnknownHostException unknown = new UnknownHostException(broker.getHostString());
      unknown.initCause(cause);
      throw unknown;
    }
    return last;
  }

  /** Returns the last addresses found, and begins another lookup if the last began 2 s ago. */
  List<InetSocketAddress> latest() {
    CompletableFuture<List<InetSocketAddress>> unused = begin(PERIOD_MS);
    return current();
  }

  private synchronized List<InetSocketAddress> current() {
    return known;
  }

  /**
   * Returns the last lookup, or a new one if the last has ended and began that long ago, or has not
   * ended within 2 s.
   */
  private synchronized CompletableFuture<List<InetSocketAddress>> begin(long periodMs) {
    long nowMs = time.tickMs();
    long ageMs = nowMs - lookupMs;
    if (lookup == null
        || (lookup.isDone() ? ageMs >= periodMs : ageMs >= PERIOD_MS && running < MAX_RUNNING)) {
      lookupMs = nowMs;
      running++;
      lookup = CompletableFuture.supplyAsync(this::resolve);
    }
    return lookup;
  }

  private List<InetSocketAddress> resolve() {
    try {
      List<InetSocketAddress> found =
          Arrays.stream(resolver.resolve(broker.getHostString()))
              .map(address -> new InetSocketAddress(address, broker.getPort()))
              .toList();
      synchronized (this) {
        known = found;
      }
      return found;
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    } finally {
      synchronized (this) {
        running--;
      }
    }
  }
}
