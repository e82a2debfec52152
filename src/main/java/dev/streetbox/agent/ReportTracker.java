package dev.streetbox.agent;

import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.EventListener;
import dev.streetbox.publish.PublishedNames;
import dev.streetbox.report.ReportStates;
import dev.streetbox.report.ReportStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries the stages of reports from the outbox to their states: a report is kept once it is on the
 * disk, and sent once the broker has acknowledged it. A report has an id once this boot has a name,
 * so that stages wait until then. Safe for every thread.
 */
final class ReportTracker implements EventListener {
  private record Stage(Event event, Optional<ReportStatus> status) {}

  private final PublishedNames names;
  private final ReportStates states;
  private final Runnable onChange;
  private final Deque<Stage> waiting = new ArrayDeque<>();
  private final Map<Event, String> references = new HashMap<>();
  private final Set<Event> cancelledReports = new HashSet<>();
  private final Object applying = new Object();
  private Optional<Event> last = Optional.empty();

  /**
   * @param onChange is called when states have changed, by the thread that applied them
   */
  ReportTracker(PublishedNames names, ReportStates states, Runnable onChange) {
    this.onChange = onChange;
    this.names = names;
    this.states = states;
  }

  /** Notes a report that was given to the outbox. */
  synchronized void onMade(Event report, String reference) {
    references.put(report, reference);
    last = Optional.of(report);
  }

  @Override
  public synchronized void onStored(Event event) {
    add(event, ReportStatus.KEPT);
  }

  @Override
  public synchronized void onAcknowledged(Event event) {
    add(event, ReportStatus.SENT);
  }

  private void add(Event event, ReportStatus status) {
    if (event.kind() == Event.Kind.REPORT && !event.body().containsKey(Event.CANCELLED)) {
      waiting.add(new Stage(event, Optional.of(status)));
    }
  }

  /**
   * Takes the last report of this boot back.
   *
   * @param sinceMs the tick from which on a report can be taken back
   * @return the report; empty if there is none since then
   */
  synchronized Optional<Event> cancel(long sinceMs) {
    Optional<Event> cancelled = last.filter(report -> report.tickMs() >= sinceMs);
    cancelled.ifPresent(
        report -> {
          last = Optional.empty();
          cancelledReports.add(report);
          waiting.add(new Stage(report, Optional.empty()));
        });
    return cancelled;
  }

  /** Returns whether a report has no state yet that can be shown. */
  synchronized boolean isWaiting() {
    return waiting.stream().anyMatch(stage -> stage.status().isPresent());
  }

  /**
   * Applies what waits, if this boot has a name; may write to disk. When it returns, whatever was
   * noted before the call is applied, also by another thread.
   */
  void update() {
    synchronized (applying) {
      if (!isEmpty() && names.isAssigned()) {
        taken().forEach(this::apply);
        onChange.run();
      }
    }
  }

  private void apply(Stage stage) {
    String id = names.eventId(stage.event());
    stage.status().ifPresent(status -> states.add(id, status, reference(stage.event())));
    if (isCancelled(stage.event())) {
      states.cancel(id);
    }
  }

  private synchronized boolean isCancelled(Event report) {
    return cancelledReports.contains(report);
  }

  private synchronized String reference(Event report) {
    String reference = references.getOrDefault(report, "");
    references.remove(report);
    return reference;
  }

  private synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  private synchronized List<Stage> taken() {
    List<Stage> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }
}
