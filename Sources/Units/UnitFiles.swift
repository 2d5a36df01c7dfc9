import Configuration
package import Core
import Posix
import ProcFS

/// What systemd's files say of a unit (systemd.unit(5)): the unit's own file, then its drop-ins by name; the
/// last assignment holds.
package struct UnitFiles {
  /// An adjustment and the file that sets it.
  package struct Assignment: Equatable {
    package var path: String
    package var adjustment: Int
  }

  /// A line that says something, and where it stands.
  package struct Declaration: Equatable, Sendable {
    package let path: String
    package let section: String
    package let key: String
    package let value: String
    /// The number of the line, from 1.
    package let line: Int
    /// `PATH:LINE`, as editors and grep have it.
    package var place: String { "\(path):\(line)" }
  }

  /// The assignment that the unit would start with without oomctl's own drop-in.
  package let others: Assignment?
  /// All that its files say, in the order in which systemd reads them.
  package let declarations: [Declaration]
  /// True if systemd has a file for it, even if it isn't running.
  package var isKnown: Bool { file != nil }
  /// True if it starts nothing that lasts, and only groups other units.
  package var isUmbrella: Bool { file?.isUmbrella ?? false }
  private let unit: String
  private let file: UnitFile?
  private let folders: UnitFolders

  /// The files of one unit, looked for in all folders; without oomctl's own drop-in where that isn't asked for.
  package init(of unit: String, includingOwn: Bool = false, in world: borrowing World) {
    self.init(
      of: unit, among: UnitFolders(of: .system, in: world), includingOwn: includingOwn, in: world)
  }

  /// The files of one of many units, for which the folders were listed once.
  package init(
    of unit: String, among folders: UnitFolders, includingOwn: Bool = true,
    in world: borrowing World
  ) {
    let names = [unit, Self.template(of: unit)].compactMap { $0 }
    var held: Assignment?
    var file: UnitFile?
    var declarations: [Declaration] = []
    for path in names.flatMap(folders.paths(of:)) {
      guard let bytes = world.known(try world.contents(of: path)) else { continue }
      let found = UnitFile(parsing: bytes)
      held = Self.assignment(in: bytes, at: path, after: nil)
      declarations = Self.declarations(in: found, at: path)
      file = found
      break
    }
    let own = DropIn.path(unit: unit)
    for path in Self.dropIns(of: unit, among: folders, in: world) where includingOwn || path != own
    {
      guard let bytes = world.known(try world.contents(of: path)) else { continue }
      declarations += Self.declarations(in: UnitFile(parsing: bytes), at: path)
      if path != own {
        held = Self.assignment(in: bytes, at: path, after: held)
      }
    }
    others = held
    self.declarations = declarations
    self.unit = unit
    self.file = file
    self.folders = folders
  }

  /// What holds of a key: the last that its section says; `nil` where that is nothing, or was taken back.
  package func last(_ key: String, in section: String) -> Declaration? {
    let last = declarations.last { $0.key == key && $0.section == section }
    return last.flatMap { $0.value.isEmpty ? nil : $0 }
  }

  /// The lines of a key that stand in another section, where systemd passes them over.
  package func misplaced(_ key: String, outside section: String) -> [Declaration] {
    declarations.filter { $0.key == key && $0.section != section }
  }

  /// True if a timer of the same name starts it.
  package func hasTimer(in world: borrowing World) -> Bool {
    guard unit.hasSuffix(".service") else { return false }
    return folders.paths(of: "\(unit.dropLast(8)).timer").contains { world.has($0) }
  }

  /// Units that are started with it: those that its file names, and those that are linked into its folders
  /// (systemd.unit(5)).
  package func pulledIn(in world: borrowing World) -> [String] {
    var units = file?.pulledIn ?? []
    for kind in ["wants", "requires", "upholds"] {
      for folder in folders.paths(of: "\(unit).\(kind)") {
        units += world.known(try world.directory(at: folder).entries()) ?? []
      }
    }
    return Set(units.filter { $0.hasSuffix(".service") }).sorted()
  }
}

extension UnitFiles {
  /// The drop-ins by name. One that is in several folders counts once: the more specific the
  /// folder's name, and the higher its precedence, the better.
  private static func dropIns(
    of unit: String, among folders: UnitFolders, in world: borrowing World
  ) -> [String] {
    var paths: [String: String] = [:]
    let kind = unit.lastIndex(of: ".").map { String(unit[unit.index(after: $0)...]) } ?? "service"
    let names = [kind] + prefixes(of: unit) + [template(of: unit), unit].compactMap { $0 }
    for folder in names.flatMap({ folders.paths(of: "\($0).d").reversed() }) {
      for file in world.known(try world.directory(at: folder).entries()) ?? []
      where file.hasSuffix(".conf") { paths[file] = "\(folder)/\(file)" }
    }
    return paths.sorted { $0.key < $1.key }.map(\.value)
  }

  /// `a-.service` and `a-b-.service` of `a-b-c.service`.
  private static func prefixes(of unit: String) -> [String] {
    guard let dot = unit.lastIndex(of: ".") else { return [] }
    return unit.indices.filter { $0 < dot && unit[$0] == "-" }
      .map { String(unit[...$0] + unit[dot...]) }
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

  private static func declarations(in file: UnitFile, at path: String) -> [Declaration] {
    file.assignments.map {
      Declaration(
        path: path, section: $0.section, key: $0.key, value: $0.value, line: $0.line)
    }
  }
}

extension World {
  /// True if a file exists and can be read.
  fileprivate func has(_ path: String) -> Bool { known(try contents(of: path)) != nil }

  /// The time of a file's last write, in seconds since 1970; `nil` where it can't be told.
  package func modificationTime(of path: String) -> Int? {
    guard let file = known(try file(at: path)) else { return nil }
    return try? file.status.modified
  }
}
