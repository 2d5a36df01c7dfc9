import Rendering

/// The page of help on the screen.
enum WatchHelp {
  static func lines(usesBlocks: Bool) -> [StyledLine] {
    let up = usesBlocks ? "▲2" : "^2"
    var lines = [StyledLine("Keys", .heading)]
    lines += keys.map { key, effect in
      var line = StyledLine("  \(key)")
      line.pad(to: 14)
      line.append(effect)
      return line
    }
    lines += [StyledLine(), StyledLine("Columns", .heading)]
    let columns = [
      ("!", "the next victim"), ("#", "rank: 1 dies first"),
      ("MOVE", "\(up) two places nearer to the front than a minute ago"),
      ("/MIN", "growth of its memory in a minute, by what the last one was like"),
      ("SHARE", "its memory (resident, swap, page tables) of RAM and swap"),
    ]
    lines += columns.map { title, meaning in
      var line = StyledLine("  \(title)")
      line.pad(to: 14)
      line.append(meaning)
      return line
    }
    return lines
  }

  private static let keys = [
    ("q", "end; in a text back to the list"),
    ("up down j k", "choose a process; PgUp, PgDn, Home, End too"),
    ("e Enter", "explain it; of a cgroup show what is in it"),
    ("a", "adjust it: asks for the value, and once more; oomctl undo takes it back"),
    ("s S", "sort by rank, memory, growth, adjustment, name, number"),
    ("/", "show only names that contain what is typed; Esc shows all"),
    ("t", "show who started whom"),
    ("c", "show memory cgroups"),
    ("Esc", "one step back to the plain ranking"),
    ("Ctrl-L", "draw all anew"),
    ("Ctrl-Z", "suspend; fg goes on"),
  ]
}
