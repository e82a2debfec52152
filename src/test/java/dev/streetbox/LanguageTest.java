package dev.streetbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Keeps the rules of names and sentences, by reading the sources of the main tree. */
class LanguageTest {
  private static final Path MAIN = Path.of("src/main/java");

  /** The first words of a noun clause; a sentence that begins with one has no verb of its own. */
  private static final Pattern NOUN_CLAUSE =
      Pattern.compile("(What|Whatever|Whether|Who|Whoever|Whose|Where|How|When|Why)\\b.*");

  private static final Pattern BEFORE_THE_SENTENCE = Pattern.compile("^\\{@inheritDoc\\}|^<p>");

  /** Words that would stand for a fault or an error beside these two. */
  private static final Set<String> THIRD_WORDS_FOR_A_FAULT =
      Set.of("trouble", "complaint", "objection", "complain", "damage");

  /** One declaration of the main tree. */
  private record Declaration(String file, long line, String kind, String name, String javadoc) {
    String place() {
      return file + ":" + line + " " + name;
    }

    String firstWords() {
      return BEFORE_THE_SENTENCE.matcher(javadoc.strip()).replaceFirst("").strip();
    }
  }

  @Test
  void noSimpleNameIsUsedByTwoClasses() throws IOException {
    Map<String, String> owners = new HashMap<>();
    List<String> repeated = new ArrayList<>();
    List<Declaration> declarations = declarations();
    for (Declaration type : ofKind(declarations, "class")) {
      String owner = owners.putIfAbsent(type.name(), type.place());
      if (owner != null) {
        repeated.add(type.place() + " repeats " + owner);
      }
    }
    for (Declaration type : ofKind(declarations, "nested")) {
      String owner = owners.get(type.name());
      if (owner != null) {
        repeated.add(type.place() + " repeats " + owner);
      }
    }
    assertEquals(List.of(), repeated, "a reader of one name must know which class is meant");
  }

  @Test
  void noJavadocBeginsWithANounClause() throws IOException {
    assertEquals(
        List.of(),
        declarations().stream()
            .filter(any -> NOUN_CLAUSE.matcher(any.firstWords()).lookingAt())
            .map(any -> any.place() + ": " + any.firstWords().lines().findFirst().orElse(""))
            .toList(),
        "begin with a verb in the third person: Returns, Tells, Holds");
  }

  @Test
  void onlyFaultAndErrorNameWhatWentWrong() throws IOException {
    assertEquals(
        List.of(),
        declarations().stream()
            .filter(any -> words(any.name()).anyMatch(THIRD_WORDS_FOR_A_FAULT::contains))
            .map(Declaration::place)
            .toList(),
        "a fault is held and counted, an error is thrown");
  }

  @Test
  void theSourcesAreFound() throws IOException {
    List<Declaration> declarations = declarations();
    assertTrue(ofKind(declarations, "class").size() > 300, "classes");
    assertTrue(declarations.stream().filter(any -> !any.javadoc().isEmpty()).count() > 1000);
  }

  private static List<Declaration> ofKind(List<Declaration> all, String kind) {
    return all.stream().filter(any -> any.kind().equals(kind)).toList();
  }

  /** Splits an identifier at its capitals and underscores, in lower case. */
  private static Stream<String> words(String identifier) {
    Matcher word = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])").matcher(identifier);
    return word.results().map(found -> found.group().toLowerCase(Locale.ROOT));
  }

  private static List<Declaration> declarations() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(MAIN)) {
      files = walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Declaration> found = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  ignored -> {},
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      Trees trees = Trees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Reader(trees, unit, found).scan(unit, null);
      }
    }
    return found;
  }

  /** Collects the declarations of one file. */
  private static final class Reader extends TreePathScanner<Void, Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final List<Declaration> found;

    private Reader(Trees trees, CompilationUnitTree unit, List<Declaration> found) {
      this.trees = trees;
      this.unit = unit;
      this.found = found;
    }

    @Override
    public Void visitClass(ClassTree tree, Void unused) {
      boolean nested = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
      if (!tree.getSimpleName().isEmpty()) {
        add(nested ? "nested" : "class", tree.getSimpleName().toString());
      }
      return super.visitClass(tree, null);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void unused) {
      add("method", tree.getName().toString());
      return super.visitMethod(tree, null);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void unused) {
      add("variable", tree.getName().toString());
      return super.visitVariable(tree, null);
    }

    private void add(String kind, String name) {
      long at = trees.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf());
      String javadoc = trees.getDocComment(getCurrentPath());
      String file;
      try {
        file =
            Path.of("").toRealPath().relativize(Path.of(unit.getSourceFile().toUri())).toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      long line = at < 0 ? 0 : unit.getLineMap().getLineNumber(at);
      found.add(new Declaration(file, line, kind, name, javadoc == null ? "" : javadoc));
    }
  }
}
