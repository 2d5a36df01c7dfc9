import Configuration
import ProcFS

/// What systemd's files say of a unit's adjustment (systemd.unit(5)): the unit's own file, then its
/// drop-ins by their names, wherever they lie; the last assignment holds.
struct UnitFiles {
  /// An assignment and where it stands.
  struct Assignment: Equatable {
    var path: String
    var adjustment: Int
  }

  /// What the unit would start with, were it not for oomctl's own drop-in.
  let others: Assignment?

  /// Those with precedence first.
  private static let folders = [
    "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system", "/lib/systemd/system",
  ]

  init(of unit: String, in world: borrowing World) {
    let names = [Self.template(of: unit), unit].compactMap { $0 }
    var found: [Assignment] = []
    for name in names.reversed() {
      let paths = Self.folders.map { "\($0)/\(name)" }
      guard let path = paths.first(where: { world.has($0) }) else { continue }
      found += Self.assignment(in: path, world)
      break
    }
    // A name that stands in several folders counts once, in the one with precedence.
    var dropIns: [String: String] = [:]
    for name in names {
      for folder in Self.folders.reversed().map({ "\($0)/\(name).d" }) {
        for file in (try? world.directory(at: folder).entries()) ?? []
        where file.hasSuffix(".conf") { dropIns[file] = "\(folder)/\(file)" }
      }
    }
    for (_, path) in dropIns.sorted(by: { $0.key < $1.key }) {
      found += Self.assignment(in: path, world)
    }
    others = found.last { $0.path != DropIn.path(unit: unit) }
  }

  /// `name@.service` of `name@instance.service`.
  private static func template(of unit: String) -> String? {
    guard let at = unit.firstIndex(of: "@"), let dot = unit.lastIndex(of: "."), at < dot else {
      return nil
    }
    return String(unit[...at]) + unit[dot...]
  }

  private static func assignment(in path: String, _ world: borrowing World) -> [Assignment] {
    guard let bytes = try? world.contents(of: path),
      let adjustment = DropIn.adjustment(in: bytes)
    else { return [] }
    return [Assignment(path: path, adjustment: adjustment)]
  }
}

extension World {
  /// Whether a file is there and can be read.
  fileprivate func has(_ path: String) -> Bool { (try? contents(of: path)) != nil }
}
