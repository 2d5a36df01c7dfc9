import Badness
import Changes
package import Configuration
package import Core
import ProcFS
import Processes

/// The facts that settings are checked against: the kernel's rules, the present values, and those
/// of the next boot.
package struct TuningContext {
  let machine: Machine
  let kernel: KernelVersion
  private(set) var boot: SysctlConfiguration
  private let files: [SysctlConfiguration.File]
  /// The program that the machine's boot leaves it to.
  let reader: SysctlReader
  /// Other programs that set some.
  let rivals: Rivals
  /// True where they are set by another machine's boot: a container sees the host's, and not its
  /// files.
  private let isOthersBoot: Bool

  package init(_ options: MachineOptions, in world: borrowing World) throws(Failure) {
    machine = Machine(world, options: options)
    guard let kernel = machine.kernel else {
      throw Failure(
        "the kernel's version isn't known, so its ranges aren't", advice: "Name it with --kernel.",
        status: .usage)
    }
    self.kernel = kernel
    files = world.sysctlFiles()
    boot = SysctlConfiguration(files)
    let isSystemd =
      world.known(try world.directory(at: "/run/systemd/system")) != nil
      || world.known(try world.directory(at: "/etc/systemd/system")) != nil
    reader = isSystemd ? .systemd : .procps
    rivals = Rivals(in: world)
    isOthersBoot = world.isThisMachine && world.showsInitialNamespace == false
  }

  /// This context, once oomctl's own file holds these bytes.
  func booting(with bytes: [UInt8]) -> TuningContext {
    let name = SysctlFile.path.lastPathComponent
    let folder = String(SysctlFile.path.dropLast(name.utf8.count + 1))
    var copy = self
    copy.boot = SysctlConfiguration(
      files.filter { $0.folder != folder || $0.name != name }
        + [.init(folder: folder, name: name, bytes: bytes)])
    return copy
  }

  /// The value of a setting; `nil` where this kernel has none. A value that can't be read is noted
  /// among the gaps.
  func present(_ setting: Setting, in world: borrowing World) -> String? {
    world.known(try SettingWrite.read(setting.path, in: world))
  }

  /// The value of a setting, or the reason why it isn't known.
  func reading(
    _ setting: Setting, in world: borrowing World
  ) -> (value: String?, failure: Failure?) {
    do throws(ProcFSError) {
      return (try SettingWrite.read(setting.path, in: world), nil)
    } catch {
      // A value that can't be read makes the output incomplete; a second read might succeed, and
      // hide it.
      world.gaps.note(error)
      return (nil, SettingWrite.failure(error, setting.path))
    }
  }

  /// The keys below a folder of `/proc/sys` that the files name, each with its line.
  package func keysAtBoot(
    below folder: String
  ) -> [(key: String, line: SysctlConfiguration.Assignment)] {
    boot.keys(below: folder, by: reader)
  }

  /// The line that sets it at boot.
  func configured(_ setting: Setting) -> SysctlConfiguration.Assignment? {
    boot.winner(for: setting.key, by: reader)
  }

  /// The value that its line gives it at boot; `nil` where no line sets it, or not to anything that
  /// the kernel takes.
  func bootValue(of setting: Setting, now present: String?) -> String? {
    configured(setting).flatMap { setting.stored($0.value, replacing: present) }
      .map { zeroing(setting) == nil ? $0 : "0" }
  }

  /// Its value after the next boot; `nil` where that can't be told.
  ///
  /// Without a line it is the kernel's default, if that doesn't depend on the machine, and nothing
  /// else is known to set it.
  func valueAtBoot(of setting: Setting, now present: String?, in world: borrowing World) -> String?
  {
    if configured(setting) != nil { return bootValue(of: setting, now: present) }
    guard !isOthersBoot, !rivals.maySet(setting), !isOnCommandLine(setting, in: world) else {
      return nil
    }
    // A write of any value there makes this one 0.
    if let other = setting.counterpart, boot.winner(for: other, by: reader) != nil { return "0" }
    return setting.surelyDefault(in: kernel)
  }

  /// True where the kernel sets it before anything is started
  /// (Documentation/admin-guide/kernel-parameters.txt `sysctl.*=`).
  private func isOnCommandLine(_ setting: Setting, in world: borrowing World) -> Bool {
    let line: String = world.known(try world.proc.directory.read("cmdline")) ?? ""
    let names = ["sysctl.\(setting.key)=", "sysctl/\(setting.path)=", "sysctl.\(setting.path)="]
    return line.split { " \n\t".contains($0) }.contains { word in
      names.contains { word.utf8.starts(with: $0.utf8) }
    }
  }

  /// The line that sets the counterpart after it, which makes this one 0.
  func zeroing(_ setting: Setting) -> SysctlConfiguration.Assignment? {
    guard let other = setting.counterpart,
      boot.sets(other, after: setting.key, by: reader)
    else { return nil }
    return boot.winner(for: other, by: reader)
  }

  /// A sentence on what the other reader of these files would do, where the two disagree.
  func dispute(over setting: Setting) -> String? {
    guard setting.era(in: kernel) != nil, boot.isDisputed(setting.key) else { return nil }
    let other: SysctlReader = reader == .systemd ? .procps : .systemd
    let here = words(for: configured(setting))
    let there = words(for: boot.winner(for: setting.key, by: other))
    return "\(setting.key): \(reader.rawValue) \(here) at boot, but \(other.rawValue) \(there)"
  }

  private func words(for winner: SysctlConfiguration.Assignment?) -> String {
    winner.map { "takes \($0.value) from \($0.path):\($0.line)" } ?? "leaves it alone"
  }

  /// The reason why a value can't be set.
  func problem(with value: String, for setting: Setting, now present: String?) -> String? {
    setting.problem(
      with: value, in: kernel, wordSize: machine.capacity?.wordSize ?? .bits64, replacing: present)
  }
}

extension World {
  /// All files that set something at boot, wherever they lie; what can't be read is noted among the gaps.
  fileprivate func sysctlFiles() -> [SysctlConfiguration.File] {
    var files: [SysctlConfiguration.File] = []
    for folder in SysctlReader.folders {
      for name in known(try directory(at: folder).entries()) ?? [] where name.hasSuffix(".conf") {
        let bytes = known(try contents(of: "\(folder)/\(name)")) ?? []
        files.append(.init(folder: folder, name: name, bytes: bytes))
      }
    }
    if let bytes = known(try contents(of: SysctlReader.lastFile)) {
      files.append(.init(folder: "/etc", name: "sysctl.conf", bytes: bytes))
    }
    return files
  }
}
