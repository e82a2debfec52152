package dev.streetbox.command;

import dev.streetbox.bus.Interruption;
import dev.streetbox.bus.Time;
import dev.streetbox.measure.Faults;
import dev.streetbox.measure.Subsystem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does each command once, or refuses it once, and remembers the answer. {@link #receive} and {@link
 * #next} are called by the publisher's thread and never block; {@link #cycle}, {@link #work} and
 * {@link #close} by the thread of a duty that may wait for the disk; the other methods by any.
 *
 * <p>A command with a lasting effect is done by the duty: its effect, its id and its answer become
 * durable at once, and only then it is reported as handled. If the process ends before, the broker
 * still has the command and nothing has happened.
 */
public final class Commands {
  /**
   * Limits the commands that wait for a disk that does not answer; below the Receive Maximum, so
   * that pings pass.
   */
  static final int MAX_WAITING = 10;

  /** Limits the commands that wait for a disk that works, as when a box comes back after days. */
  private static final int CAPACITY = 100;

  /** The time without a finished cycle after which the disk counts as not answering, in ms. */
  private static final long DISK_PATIENCE_MS = 3_000;

  /** The longest wait for a command in one cycle. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** The time between two looks for effects that have changed by themselves, in ms. */
  private static final long SAVE_MS = 10_000;

  private static final String PLACE = "commands";
  private static final String BUSY = "busy: ";
  private static final Logger LOG = LoggerFactory.getLogger("streetbox");

  private record Task(ReceivedCommand received, Command command) {}

  private final CommandFile file;
  private final CommandMemory memory;
  private final Map<CommandName, CommandAction> actions;
  private final Time time;
  private final Faults faults;
  private final CommandRate rate = new CommandRate();

  /** Holds the tick at which the thread of commands last ended a cycle, in ms. */
  private volatile long workedMs;

  private final BlockingQueue<Optional<Task>> tasks = new ArrayBlockingQueue<>(CAPACITY);
  private final Queue<HandledCommand> handled = new ConcurrentLinkedQueue<>();
  private final AtomicReference<CommandCounts> counts = new AtomicReference<>(CommandCounts.ZERO);

  /** The commands that were done and are not durable yet, because the disk did not take them. */
  private final List<HandledCommand> unsaved = new ArrayList<>();

  private volatile Runnable handledListener = () -> {};
  private volatile boolean isSaveRequested;
  private boolean isDiskRefusing;
  private long savedMs;

  /**
   * Reads the file of earlier commands; what the broker may not have of their answers is the first
   * that {@link #next} returns.
   *
   * @param actions does each command; those without lasting effect are called by the publisher's
   *     thread, the others by the duty's
   * @param time the clock of the rows, by which the rate is limited
   */
  public Commands(
      CommandFile file, Map<CommandName, CommandAction> actions, Time time, Faults faults) {
    this.file = file;
    this.memory = file.memory();
    this.actions = new EnumMap<>(actions);
    this.time = time;
    this.faults = faults;
    load();
    memory
        .undelivered()
        .forEach(answer -> handled.add(new HandledCommand(0, Optional.of(answer), true)));
  }

  private void load() {
    try {
      file.load().ifPresent(this::raise);
    } catch (IOException e) {
      isDiskRefusing = true;
      raise("cannot be read, so set, resend and report-status are refused: " + e.getMessage());
    }
  }

  /** Sets what is called, by any thread, when {@link #next} has something to return. */
  public void onHandled(Runnable listener) {
    handledListener = listener;
  }

  /** Takes a command; {@link #next} returns what became of it, at once or later. */
  public void receive(ReceivedCommand received) {
    CommandDraft draft = CommandDraft.of(received);
    try {
      if (!rate.admit(time.tickMs())) {
        throw new RefusedException(
            BUSY + "more than " + CommandRate.MAX_PER_MINUTE + " commands in a minute");
      }
      begin(received, draft.command());
    } catch (RefusedException e) {
      refuse(received, draft, e.getMessage());
    }
  }

  /** Returns the next command that was done or refused, if there is one. */
  public Optional<HandledCommand> next() {
    return Optional.ofNullable(handled.poll());
  }

  /** Notes that the broker has an answer. */
  public void markDelivered(Answer answer) {
    memory.markDelivered(answer);
  }

  /** Returns how many commands were done and refused. */
  public CommandCounts counts() {
    return counts.get();
  }

  /**
   * Waits for commands, 1 s at most, does them and makes them durable.
   *
   * @return zero, because the cycle has already waited
   * @throws InterruptedIOException if the thread was interrupted
   */
  public Duration cycle() throws InterruptedIOException {
    try {
      Optional<Task> first = tasks.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        first.ifPresent(this::perform);
      }
    } catch (InterruptedException e) {
      throw Interruption.of(e, "interrupted while waiting for commands");
    }
    work();
    return Duration.ZERO;
  }

  /** Does the commands that wait, and saves what has changed if it is time. */
  public void work() {
    Optional<Task> task = tasks.poll();
    while (task != null) {
      task.ifPresent(this::perform);
      task = tasks.poll();
    }
    if (isSaveRequested || !unsaved.isEmpty() || time.tickMs() - savedMs >= SAVE_MS) {
      isSaveRequested = false;
      save();
    }
    workedMs = time.tickMs();
  }

  /**
   * Asks for a save at once, because a section has changed without a command; callable by any
   * thread.
   */
  public void requestSave() {
    isSaveRequested = true;
    wake();
  }

  /** Ends the wait of a running cycle; callable by any thread. */
  public void wake() {
    boolean unused = tasks.offer(Optional.empty()); // If it is full, the cycle does not wait.
  }

  /** Saves what has changed; returns whether it is on the disk. */
  public boolean close() {
    return save();
  }

  private void begin(ReceivedCommand received, Command command) throws RefusedException {
    if (command.name().isDurable()) {
      boolean isStuck = tasks.size() >= MAX_WAITING && time.tickMs() - workedMs > DISK_PATIENCE_MS;
      if (isStuck || !tasks.offer(Optional.of(new Task(received, command)))) {
        throw new RefusedException(BUSY + "the disk has not taken earlier commands yet");
      }
      return;
    }
    Optional<Answer> known = memory.find(received.box(), command.id());
    if (known.isPresent()) {
      count(CommandCounts::plusRepeated);
      answer(received, known.get().to(received), false);
      return;
    }
    Answer answer = Answer.done(received, command, run(command));
    count(CommandCounts::plusDone);
    add(new HandledCommand(received.number(), Optional.of(answer), false));
  }

  private void perform(Task task) {
    ReceivedCommand received = task.received();
    Command command = task.command();
    Optional<Answer> known = memory.find(received.box(), command.id());
    if (known.isPresent()) {
      count(CommandCounts::plusRepeated);
      report(new HandledCommand(received.number(), known.map(one -> one.to(received)), true));
      return;
    }
    if (isDiskRefusing && !save()) {
      count(CommandCounts::plusRefused);
      String reason = "the disk does not take it, so it is not done";
      answer(received, refusal(task, reason), false);
      return;
    }
    Answer answer;
    try {
      answer = Answer.done(received, command, run(command));
      count(CommandCounts::plusDone);
    } catch (RefusedException e) {
      answer = refusal(task, e.getMessage());
      count(CommandCounts::plusRefused);
    }
    memory.add(answer);
    report(new HandledCommand(received.number(), Optional.of(answer), true));
    LOG.info("command {} {} handled", command.name().key(), command.id());
  }

  /** Reports a command of the memory as handled once the memory is durable. */
  private void report(HandledCommand one) {
    unsaved.add(one);
    save();
  }

  private static Answer refusal(Task task, String reason) {
    return Answer.refused(
        task.received(), task.command().id(), Optional.of(task.command().name().key()), reason);
  }

  /**
   * Runs the action of a command. A bug in it is a refusal, because the broker would send the
   * command again after each restart of the process.
   */
  private Map<String, Object> run(Command command) throws RefusedException {
    CommandAction action =
        Optional.ofNullable(actions.get(command.name()))
            .orElseThrow(() -> new RefusedException("this box cannot do it"));
    try {
      return action.run(command);
    } catch (RuntimeException e) {
      LOG.error("command {}: a bug, please report it", command.name().key(), e);
      raise("a bug in " + command.name().key() + ", see the log");
      throw new RefusedException("a bug in the box's program: see its log");
    }
  }

  /** Makes everything durable and reports what was done; returns whether the disk took it. */
  private boolean save() {
    savedMs = time.tickMs();
    try {
      file.save();
    } catch (IOException e) {
      isDiskRefusing = true;
      raise("cannot be stored, so set, resend and report-status are refused: " + e.getMessage());
      return false;
    }
    if (isDiskRefusing) {
      isDiskRefusing = false;
      faults.clear(PLACE);
    }
    unsaved.forEach(this::add);
    unsaved.clear();
    return true;
  }

  private void refuse(ReceivedCommand received, CommandDraft draft, String reason) {
    if (draft.id().isEmpty()) {
      count(CommandCounts::plusUnanswered);
      add(new HandledCommand(received.number(), Optional.empty(), false));
    } else {
      count(CommandCounts::plusRefused);
      answer(received, Answer.refused(received, draft.id().get(), draft.cmd(), reason), false);
    }
  }

  private void answer(ReceivedCommand received, Answer answer, boolean durable) {
    add(new HandledCommand(received.number(), Optional.of(answer), durable));
  }

  private void add(HandledCommand one) {
    handled.add(one);
    handledListener.run();
  }

  private void count(UnaryOperator<CommandCounts> step) {
    counts.updateAndGet(step);
  }

  private void raise(String text) {
    faults.raise(Subsystem.STORE, PLACE, text, time.tickMs());
  }
}
