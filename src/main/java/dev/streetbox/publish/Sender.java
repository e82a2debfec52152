package dev.streetbox.publish;

import dev.streetbox.bus.Time;
import dev.streetbox.command.Answer;
import dev.streetbox.measure.Faults;
import dev.streetbox.mqtt.Connection;
import dev.streetbox.mqtt.ConnectionEvent;
import dev.streetbox.mqtt.ConnectionFailure;
import dev.streetbox.mqtt.DeliveryOutcome;
import dev.streetbox.mqtt.Message;
import dev.streetbox.mqtt.Session;
import dev.streetbox.outbox.Event;
import dev.streetbox.outbox.Outbox;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sends the state, {@code about} and {@code diag}, then events, then live rows, then backlog, and
 * applies the broker's answers. Lasts over all connections. Used by the publisher's thread.
 */
final class Sender {
  private final String broker;
  private final Time time;
  private final MessageComposer composer;
  private final TopicFaults faults;
  private final SendCounts counts = new SendCounts();
  private final InFlightMessages inFlight = new InFlightMessages();
  private final Transmitter transmitter;
  private final PublishedNames names;
  private final OtherIds others;
  private final RowSender rows;
  private final EventLane events;
  private final DocumentSender documents;
  private Optional<CommandLane> commands = Optional.empty();
  private Optional<CommandSubscription> subscription = Optional.empty();
  private Optional<Connection> connection = Optional.empty();

  Sender(PublishedBox box, Clocks clocks, Faults faults, Resends resends) {
    Outbox outbox = box.outbox();
    this.broker = box.settings().broker().uri().toString();
    this.time = clocks.rows();
    this.composer = new MessageComposer(box);
    this.faults = new TopicFaults(faults, time);
    this.names = box.names();
    this.others = new OtherIds(names, outbox);
    this.transmitter = new Transmitter(inFlight, clocks.real());
    this.documents = new DocumentSender(composer, box.remote()::diagPeriod, time, transmitter);
    this.rows =
        new RowSender(
            outbox,
            time,
            new BatchFitter(outbox, composer),
            new Lanes(box, inFlight, others, resends),
            transmitter,
            this.faults,
            counts,
            box.remote());
    this.events = new EventLane(outbox, names, new OtherIds(names, outbox));
  }

  /** Receives commands and answers them, from the next connection on. */
  void receive(CommandLane lane, CommandSubscription commandSubscription) {
    commands = Optional.of(lane);
    subscription = Optional.of(commandSubscription);
  }

  /** Returns the session to connect with. */
  Session session() {
    return composer.session();
  }

  /** Begins a new connection and sends the state and the newest rows. */
  void onConnected(Connection next, ConnectionEvent.Connected connected) {
    connection = Optional.of(next);
    transmitter.onConnected(next, connected);
    faults.onFeatures(connected.missing());
    rows.onConnected();
    documents.onConnected();
    subscription.ifPresent(own -> own.onConnected(next, connected, time.tickMs()));
    sendDue();
  }

  /** Takes a message that has arrived; without commands, no message is subscribed to. */
  void onArrived(ConnectionEvent.Arrived arrived) {
    commands.ifPresent(lane -> lane.onArrived(connection.orElseThrow(), arrived));
  }

  /** Applies the broker's answer to a subscription. */
  void onSubscribed(ConnectionEvent.Subscribed answer) {
    subscription.ifPresent(own -> own.onSubscribed(answer, time.tickMs()));
  }

  /**
   * Sends what is due on the current connection, and of the backlog one batch.
   *
   * @return whether a further batch may be due once the events that have arrived are handled
   */
  boolean sendDue() {
    documents.sendState();
    sendEvents();
    commands.ifPresent(this::sendAnswers);
    boolean more = rows.sendDue();
    documents.sendDocuments();
    return more;
  }

  /** Sets the content of {@code about} and {@code diag}. */
  void describe(BoxDocuments content) {
    documents.describe(content);
  }

  /** Makes {@code about} due; may be called by any thread. */
  void requestAbout() {
    documents.requestAbout();
  }

  /** Makes {@code diag} due; may be called by any thread. */
  void requestDiag() {
    documents.requestDiag();
  }

  /** Makes the newest rows due at the next {@link #sendDue}. */
  void makeLiveDue() {
    rows.makeLiveDue();
  }

  /** Sends the state {@code offline}, as the last message of a connection. */
  void sendOffline() {
    transmitter.publish(transmitter.newId(), composer.offline(time.tickMs()));
  }

  /** Applies the broker's answer to a message. */
  void onAnswer(ConnectionEvent.Answered answer) {
    DeliveryOutcome outcome = DeliveryOutcome.of(answer.code());
    counts.countAnswer(time.tickMs());
    transmitter.onAnswer(answer.id(), outcome);
    Optional<Integer> boot = rows.bootOf(answer.id()).or(() -> events.bootOf(answer.id()));
    String topic = applyOutcome(answer, outcome);
    if (boot.isPresent() && others.isOther(boot.get())) {
      faults.onAnswerToOtherId(others.idOf(boot.get()), topic, outcome, answer);
    } else {
      faults.onAnswer(topic, outcome, answer);
    }
    rows.declareRefusedRows();
  }

  /** Applies a loss to all that was in flight. */
  void onConnectionLost(ConnectionFailure cause) {
    if (cause.kind() == ConnectionFailure.Kind.SILENCE) {
      transmitter.onSilence();
    } else {
      Stream.concat(rows.holdOtherIds().stream(), events.holdOtherIds(time.tickMs()).stream())
          .forEach(boot -> faults.onOtherIdDenied(others.idOf(boot)));
    }
    commands.ifPresent(lane -> connection.ifPresent(lane::onConnectionLost));
    subscription.ifPresent(own -> own.onConnectionLost(time.tickMs()));
    connection = Optional.empty();
    rows.onConnectionLost(cause);
    events.onConnectionLost(cause, time.tickMs());
    if (!cause.isAboutConnection()) {
      documents.onConnectionLost();
    }
  }

  /** Returns whether an answer is overdue, so that the connection is to be taken as lost. */
  boolean isOverdue() {
    return transmitter.isOverdue();
  }

  /** Returns whether something may become due without an event of the connection. */
  boolean isWaiting() {
    long nowMs = time.tickMs();
    return !transmitter.mayPublish()
        || rows.isWaiting()
        || events.isWaiting(nowMs)
        || documents.isWaiting()
        || commands.filter(CommandLane::isWaiting).isPresent();
  }

  /** Returns whether nothing is in flight. */
  boolean isIdle() {
    return transmitter.isIdle();
  }

  /** Returns what {@code status} shows. */
  LinkStatus status(LinkState link) {
    return counts.status(link, broker, rows.inFlightRows());
  }

  /** Applies an answer to the lane of its message; returns the last level of the topic. */
  private String applyOutcome(ConnectionEvent.Answered answer, DeliveryOutcome outcome) {
    Optional<Lane> lane = rows.onAnswer(answer, outcome);
    if (lane.isPresent()) {
      return lane.get().key();
    }
    if (events.onAnswer(answer.id(), outcome, time.tickMs())) {
      return "event";
    }
    if (commands.isPresent() && commands.get().onAnswer(answer.id(), outcome, time.tickMs())) {
      return "ack";
    }
    return documents.onAnswer(answer.id(), outcome).orElse("state");
  }

  private void sendEvents() {
    Optional<Event> event = nextEvent();
    while (event.isPresent()) {
      send(event.get());
      event = nextEvent();
    }
  }

  private Optional<Event> nextEvent() {
    return transmitter.mayPublish() && inFlight.hasRoom(0, 0)
        ? events.next(time.tickMs())
        : Optional.empty();
  }

  private void send(Event event) {
    Message message = composer.event(event, events.rows(event));
    if (!transmitter.fits(message)) {
      events.onRefused(event, time.tickMs());
      return;
    }
    long id = transmitter.newId();
    events.markSent(id, event);
    transmitter.publish(id, message);
  }

  private void sendAnswers(CommandLane lane) {
    lane.takeHandled();
    Optional<Answer> answer = nextAnswer(lane);
    while (answer.isPresent()) {
      Message message = composer.answer(answer.get());
      if (transmitter.fits(message)) {
        long id = transmitter.newId();
        lane.markSent(id, time.tickMs());
        transmitter.publish(id, message);
      } else {
        lane.giveUp();
      }
      answer = nextAnswer(lane);
    }
  }

  private Optional<Answer> nextAnswer(CommandLane lane) {
    return transmitter.mayPublish() && inFlight.hasRoom(0, 0)
        ? lane.next(time.tickMs())
        : Optional.empty();
  }
}
