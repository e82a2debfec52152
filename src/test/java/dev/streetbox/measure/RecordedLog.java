package dev.streetbox.measure;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Keeps the lines that are logged, each with its level. */
final class RecordedLog extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1;

  private final transient List<String> lines = new ArrayList<>();

  /** Removes and returns the lines. */
  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String format, Object[] arguments, Throwable thrown) {
    lines.add(level + " " + MessageFormatter.basicArrayFormat(format, arguments));
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return RecordedLog.class.getName();
  }

  @Override
  public boolean isTraceEnabled() {
    return true;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
