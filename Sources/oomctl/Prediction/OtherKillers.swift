import ProcFS

/// Programs that kill before the kernel does, by rules of their own.
enum OtherKillers {
  private static let names = ["systemd-oomd", "earlyoom", "nohang", "oomd"]

  /// Those that run, as `earlyoom[702]`. Where not all processes were read, those that run as services.
  static func running(among subjects: [Subject], in world: borrowing World) -> [String] {
    var found: [String] = []
    for subject in subjects {
      guard let name = subject.record.name, names.contains(name) else { continue }
      found.append("\(name)[\(subject.id)]")
    }
    guard found.isEmpty, let hierarchy = try? world.memoryCgroups() else { return found }
    for name in names {
      let service = "/system.slice/\(name).service"
      for id in (try? hierarchy.processes(in: service)) ?? [] { found.append("\(name)[\(id)]") }
    }
    return found
  }
}
