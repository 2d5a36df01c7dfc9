/// A unit's file of systemd's, as far as it says what the unit is (systemd.syntax(7)).
package struct UnitFile: Hashable, Sendable {
  /// All assignments in their order, as `Service`, `ExecStart` and `/bin/true`.
  package let assignments: [Assignment]

  /// A line of a section.
  package struct Assignment: Hashable, Sendable {
    package let section: String
    package let key: String
    package let value: String
    /// The number of its line, from 1.
    package let line: Int
  }

  package init(parsing bytes: [UInt8]) {
    var assignments: [Assignment] = []
    var section = ""
    for (number, line) in DropIn.numberedLines(of: bytes) {
      if line.first == UInt8(ascii: "[") {
        // The lines after a broken heading aren't read at all.
        guard line.last == UInt8(ascii: "]") else { break }
        section = line.dropFirst().dropLast().text
      } else if let equals = line.firstIndex(of: UInt8(ascii: "=")) {
        assignments.append(
          Assignment(
            section: section, key: line[..<equals].stripped.text,
            value: line[(equals + 1)...].stripped.text, line: number))
      }
    }
    self.assignments = assignments
  }

  /// All that a key was given; an empty value takes back what was said before.
  package func values(of key: String, in section: String) -> [String] {
    var values: [String] = []
    for assignment in assignments where assignment.key == key && assignment.section == section {
      if assignment.value.isEmpty { values = [] } else { values.append(assignment.value) }
    }
    return values
  }

  /// True where it starts nothing that lasts, and only groups other units: `Type=oneshot` that
  /// stays active, with a command that does nothing.
  package var isUmbrella: Bool {
    let commands = values(of: "ExecStart", in: "Service")
    let staysActive = values(of: "RemainAfterExit", in: "Service").last.map(Self.isYes) ?? false
    return staysActive
      && commands.allSatisfy { command in
        let program = command.drop { "-@:+!".contains($0) }.split(separator: " ").first ?? ""
        return program.split(separator: "/").last.map { ["true", ":"].contains($0) } ?? true
      }
  }

  /// Units that it has started with it.
  package var pulledIn: [String] {
    var units: [String] = []
    for key in ["Wants", "Requires", "BindsTo", "Upholds"] {
      for value in values(of: key, in: "Unit") {
        units += value.split(separator: " ").map { String($0) }
      }
    }
    return units
  }

  private static func isYes(_ text: String) -> Bool {
    ["yes", "y", "true", "t", "on", "1"].contains(text.lowercased())
  }
}
