package dev.streetbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Splits a shell script into its simple commands, including those in command substitutions.
 * Supports only the syntax that the scripts of this repository use; a program that a here-document
 * starts is not found.
 */
final class ShellScript {
  private static final Set<String> RESERVED =
      Set.of(
          "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "esac", "!", "{",
          "}");

  private final String text;
  private final List<List<String>> commands = new ArrayList<>();
  private final Set<String> functions = new TreeSet<>();
  private final Deque<String> hereDocuments = new ArrayDeque<>();
  private List<String> words = new ArrayList<>();
  private int at;

  ShellScript(String text) {
    this.text = text;
    while (at < text.length()) {
      step();
    }
    endCommand();
  }

  /**
   * Returns each simple command as its words without preceding assignments. An expansion, whose
   * value exists only at run time, is {@code $} in a word.
   */
  List<List<String>> commands() {
    return commands;
  }

  /** Returns the names of the functions that the script defines. */
  Set<String> functions() {
    return functions;
  }

  private void step() {
    char c = text.charAt(at);
    if (c == ' ' || c == '\t') {
      at++;
    } else if (text.startsWith("\\\n", at)) {
      at += 2;
    } else if (c == '#') {
      at = indexOf("\n", at);
    } else if (c == '\n') {
      at++;
      endCommand();
      skipHereDocuments();
    } else if (";&|()".indexOf(c) >= 0) {
      operator(c);
    } else if (c == '<' || c == '>') {
      redirection();
    } else {
      addWord(word());
    }
  }

  private void operator(char c) {
    if (c == '(' && words.size() == 1 && text.startsWith(")", at + 1)) {
      functions.add(words.get(0));
      words.clear();
      at += 2;
      return;
    }
    if (text.startsWith("((", at)) {
      arithmetic();
      return;
    }
    endCommand();
    if (text.startsWith(";;", at)) {
      at += 2;
      skipPattern();
    } else {
      at++;
    }
  }

  private void addWord(String word) {
    boolean number =
        word.matches("\\d+") && at < text.length() && "<>".indexOf(text.charAt(at)) >= 0;
    boolean first = words.isEmpty();
    if (number || (first && (RESERVED.contains(word) || word.matches("\\w+\\+?=(?s:.*)")))) {
      return; // A file descriptor, a reserved word, an assignment.
    }
    words.add(word);
    if (first && word.equals("[[")) {
      at = indexOf("]]", at) + 2;
    } else if (word.equals("in") && words.get(0).equals("case")) {
      words.clear();
      skipPattern();
    }
  }

  private void endCommand() {
    if (!words.isEmpty() && !words.get(0).equals("for")) {
      commands.add(words);
    }
    words = new ArrayList<>();
  }

  /** Skips the next pattern of a case, if there is one. */
  private void skipPattern() {
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '#')) {
      at = text.charAt(at) == '#' ? indexOf("\n", at) : at + 1;
    }
    if (!text.startsWith("esac", at)) {
      at = closing(at, '(', ')') + 1;
    }
  }

  private void redirection() {
    if (text.startsWith("(", at + 1)) {
      at++;
      substitution();
      return;
    }
    int begin = at;
    while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String operator = text.substring(begin, at);
    while (text.charAt(at) == ' ') {
      at++;
    }
    String target = word();
    if (operator.equals("<<") || operator.equals("<<-")) {
      hereDocuments.add(target);
    }
  }

  private void skipHereDocuments() {
    while (!hereDocuments.isEmpty()) {
      String end = "\n" + hereDocuments.remove() + "\n";
      at = indexOf(end, at - 1) + end.length();
    }
  }

  /** Reads a word and removes its quotes. */
  private String word() {
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '(' && !quoted && word.toString().endsWith("=")) {
        readWords(at + 1, closing(at + 1, '(', ')'));
        at++;
      } else if (!quoted && " \t\n;&|()<>".indexOf(c) >= 0) {
        break;
      } else if (c == '$') {
        word.append('$');
        expansion();
      } else if (c == '\'' && !quoted) {
        int end = indexOf("'", at + 1);
        word.append(text, at + 1, end);
        at = end + 1;
      } else if (c == '"') {
        quoted = !quoted;
        at++;
      } else {
        at += c == '\\' ? 1 : 0;
        word.append(text.charAt(at));
        at++;
      }
    }
    return word.toString();
  }

  /** Skips an expansion after a dollar sign, and reads the commands in the expansion. */
  private void expansion() {
    at++;
    if (text.startsWith("((", at)) {
      arithmetic();
    } else if (text.startsWith("(", at)) {
      substitution();
    } else if (text.startsWith("{", at)) {
      readWords(at + 1, closing(at + 1, '{', '}'));
      at++;
    }
  }

  /**
   * Skips an arithmetic expression in double parentheses, and reads the commands in the expression.
   */
  private void arithmetic() {
    readWords(at + 2, closing(at + 2, '(', ')'));
    at += 2;
  }

  /** Reads the commands between the parenthesis here and the one that closes it. */
  private void substitution() {
    int end = closing(at + 1, '(', ')');
    commands.addAll(new ShellScript(text.substring(at + 1, end)).commands());
    at = end + 1;
  }

  /** Reads the commands in the expansions of a text that is no command itself. */
  private void readWords(int begin, int end) {
    String inner = text.substring(begin, end).replace("\"", "");
    commands.addAll(new ShellScript("\"" + inner + "\"").commands());
    commands.remove(commands.size() - 1); // the text itself, as if it were a command
    at = end;
  }

  /**
   * Returns the index of the bracket that closes the one before {@code from}; quoted brackets do
   * not count.
   */
  private int closing(int from, char open, char close) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'') {
        i = indexOf("'", i + 1);
      } else if (c == '"') {
        i = endOfQuoted(i + 1);
      } else if (c == open) {
        depth++;
      } else if (c == close && --depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("no closing bracket in: " + text.substring(from));
  }

  private int endOfQuoted(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i;
      } else if (text.startsWith("$(", i)) {
        i = closing(i + 2, '(', ')');
      }
    }
    throw new IllegalArgumentException("no closing quote in: " + text.substring(from));
  }

  private int indexOf(String what, int from) {
    int index = text.indexOf(what, from);
    return index < 0 ? text.length() : index;
  }
}
