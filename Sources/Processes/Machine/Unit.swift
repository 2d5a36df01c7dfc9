/// The systemd unit that a cgroup path leads to (systemd's `cg_path_get_unit`, src/basic/cgroup-util.c).
package struct Unit: Equatable, Sendable {
  /// The system's unit, as `ssh.service` or `user@1000.service`.
  package var system: String?
  /// The unit below a user's manager, as `app.slice/firefox.service`.
  package var user: String?

  package init(cgroup path: String) {
    var components = path.split(separator: "/").map(Self.unescaped)[...]
    system = Self.next(in: &components)
    guard let system, system.hasPrefix("user@") else { return }
    // The manager itself sits in init.scope, which is no unit of the user's.
    user = Self.next(in: &components)
    if user == "init.scope" { user = nil }
  }

  /// Skips slices, then takes a component that is named like a unit.
  private static func next(in components: inout ArraySlice<String>) -> String? {
    while components.first?.hasSuffix(".slice") == true { components.removeFirst() }
    guard let name = components.popFirst(), isUnit(name) else { return nil }
    return name
  }

  private static func isUnit(_ name: String) -> Bool {
    let kinds = [".service", ".scope", ".socket", ".mount", ".swap", ".automount", ".timer"]
    return kinds.contains { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
  }

  /// systemd puts an underscore before what would clash with a file of the kernel's.
  private static func unescaped(_ component: Substring) -> String {
    String(component.first == "_" ? component.dropFirst() : component)
  }
}
