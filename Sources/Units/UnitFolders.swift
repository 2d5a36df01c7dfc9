package import Core
import ProcFS

/// The folders of systemd's unit files, each listed once (systemd.unit(5), "Unit File Load Path").
package struct UnitFolders {
  /// Whose manager reads them.
  package enum Manager: Sendable {
    case system
    /// A user's, as far as the administrator or the distribution says what it starts.
    case users
  }

  /// A folder with the names in it, highest precedence first.
  private let folders: [(path: String, names: Set<String>)]
  /// True where no folder has anything: files of systemd's weren't captured, or there is no systemd.
  package var isEmpty: Bool { folders.isEmpty }

  /// What can't be listed is noted among the gaps.
  package init(of manager: Manager, in world: borrowing World) {
    var folders: [(path: String, names: Set<String>)] = []
    for path in Self.paths(of: manager) {
      let names = world.known(try world.directory(at: path).entries()) ?? []
      if !names.isEmpty { folders.append((path, Set(names))) }
    }
    self.folders = folders
  }

  /// The names of all services that have a file, drop-ins, or an instance's link; ascending.
  package var services: [String] {
    Set(folders.flatMap(\.names).filter { $0.hasSuffix(".service") }).sorted()
  }

  /// The files or folders of that name, highest precedence first.
  func paths(of name: String) -> [String] {
    folders.filter { $0.names.contains(name) }.map { "\($0.path)/\(name)" }
  }

  private static func paths(of manager: Manager) -> [String] {
    switch manager {
    case .system:
      [
        "/etc/systemd/system.control", "/run/systemd/system.control", "/run/systemd/transient",
        "/run/systemd/generator.early", "/etc/systemd/system", "/etc/systemd/system.attached",
        "/run/systemd/system", "/run/systemd/system.attached", "/run/systemd/generator",
        "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system",
        "/run/systemd/generator.late",
      ]
    case .users:
      [
        "/etc/xdg/systemd/user", "/etc/systemd/user", "/run/systemd/user",
        "/usr/local/share/systemd/user", "/usr/share/systemd/user", "/usr/local/lib/systemd/user",
        "/usr/lib/systemd/user",
      ]
    }
  }
}
