import Configuration
package import Core
import ProcFS

/// The adjustment of a service in systemd's files (systemd.unit(5)): the unit's own file, then its
/// drop-ins by name; the last assignment holds.
package struct UnitFiles {
  /// An assignment and the file that it is in.
  package struct Assignment: Equatable {
    package var path: String
    package var adjustment: Int
  }

  /// The assignment that the unit would start with without oomctl's own drop-in.
  package let others: Assignment?
  /// True if systemd has a file for it, even if it isn't running.
  package var isKnown: Bool { file != nil }
  /// True if it starts nothing that lasts, and only groups other units.
  package var isUmbrella: Bool { file?.isUmbrella ?? false }
  private let unit: String
  private let file: UnitFile?

  /// The search path, highest precedence first (systemd.unit(5), "System Unit Search Path").
  private static let folders = [
    "/etc/systemd/system.control", "/run/systemd/system.control", "/run/systemd/transient",
    "/run/systemd/generator.early", "/etc/systemd/system", "/etc/systemd/system.attached",
    "/run/systemd/system", "/run/systemd/system.attached", "/run/systemd/generator",
    "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system",
    "/run/systemd/generator.late",
  ]

  package init(of unit: String, in world: borrowing World) {
    let names = [unit, Self.template(of: unit)].compactMap { $0 }
    var held: Assignment?
    var file: UnitFile?
    for path in names.flatMap({ name in Self.folders.map { "\($0)/\(name)" } }) {
      guard let bytes = world.known(try world.contents(of: path)) else { continue }
      held = Self.assignment(in: bytes, at: path, after: nil)
      file = UnitFile(parsing: bytes)
      break
    }
    for path in Self.dropIns(of: unit, in: world) where path != DropIn.path(unit: unit) {
      guard let bytes = world.known(try world.contents(of: path)) else { continue }
      held = Self.assignment(in: bytes, at: path, after: held)
    }
    others = held
    self.unit = unit
    self.file = file
  }

  /// True if a timer of the same name starts it.
  func hasTimer(in world: borrowing World) -> Bool {
    guard unit.hasSuffix(".service") else { return false }
    return Self.folders.contains { world.has("\($0)/\(unit.dropLast(8)).timer") }
  }

  /// Units that are started with it: those that its file names, and those that are linked into its folders
  /// (systemd.unit(5)).
  package func pulledIn(in world: borrowing World) -> [String] {
    var units = file?.pulledIn ?? []
    for folder in Self.folders {
      for kind in ["wants", "requires", "upholds"] {
        units += world.known(try world.directory(at: "\(folder)/\(unit).\(kind)").entries()) ?? []
      }
    }
    return Set(units.filter { $0.hasSuffix(".service") }).sorted()
  }

  /// The drop-ins by name. One that is in several folders counts once: the more specific the
  /// folder's name, and the higher its precedence, the better.
  private static func dropIns(of unit: String, in world: borrowing World) -> [String] {
    var paths: [String: String] = [:]
    for name in ["service"] + prefixes(of: unit) + [template(of: unit), unit].compactMap({ $0 }) {
      for folder in folders.reversed().map({ "\($0)/\(name).d" }) {
        for file in world.known(try world.directory(at: folder).entries()) ?? []
        where file.hasSuffix(".conf") { paths[file] = "\(folder)/\(file)" }
      }
    }
    return paths.sorted { $0.key < $1.key }.map(\.value)
  }

  /// `a-.service` and `a-b-.service` of `a-b-c.service`.
  private static func prefixes(of unit: String) -> [String] {
    unit.indices.filter { unit[$0] == "-" }.map { unit[...$0] + ".service" }
  }

  /// `name@.service` of `name@instance.service`.
  private static func template(of unit: String) -> String? {
    guard let at = unit.firstIndex(of: "@"), let dot = unit.lastIndex(of: "."), at < dot else {
      return nil
    }
    return String(unit[...at]) + unit[dot...]
  }

  /// The assignment in force after a file is read; the file may cancel an earlier one.
  private static func assignment(
    in bytes: [UInt8], at path: String, after before: Assignment?
  ) -> Assignment? {
    guard let adjustment = DropIn.assignment(in: bytes) else { return before }
    return adjustment.map { Assignment(path: path, adjustment: $0) }
  }
}

extension World {
  /// True if a file exists and can be read.
  fileprivate func has(_ path: String) -> Bool { known(try contents(of: path)) != nil }
}
