package import Arguments
import ProcFS
package import Rendering

/// One of the program's commands, which knows how it is carried out.
package protocol ProgramCommand: Command {
  /// The status with which it ends where its words are wrong.
  static var usageStatus: ExitStatus { get }

  func run(by program: Program) throws(Failure) -> ExitStatus
}

extension ProgramCommand {
  package static var usageStatus: ExitStatus { .usage }
}

/// The surroundings that a command reports to: the terminal, and its caller.
package struct Program {
  package var environment: Environment
  package var console: Console

  package init(environment: Environment, console: Console) {
    self.environment = environment
    self.console = console
  }
}

/// A command that looks at the world and reports.
package protocol WorldCommand: CommonCommand {
  /// True where it has something to say of a tree without a folder `proc`, as an image.
  static var readsImages: Bool { get }

  func run(in world: borrowing World) throws(Failure) -> any CommandReport
}

extension WorldCommand {
  package static var readsImages: Bool { false }

  package func run(by program: Program) throws(Failure) -> ExitStatus {
    try program.report(of: self)
  }
}

extension Program {
  /// Shows a command's report, or puts it into the file at a path.
  package func report(
    of command: some WorldCommand, to path: String? = nil
  ) throws(Failure) -> ExitStatus {
    let options = command.common
    let world = try World(
      root: options.machine.root, environment: environment,
      needsProc: !type(of: command).readsImages)
    let report = try command.run(in: world)
    let name = type(of: command).name
    guard let path else { return show(report, of: name, options, in: world) }
    try OutputFile(path: path).replace(with: text(of: report, of: name, options, in: world).bytes)
    return status(of: report, in: world)
  }

  /// Shows a report in the form that is wanted: remarks first, then text or JSON.
  package func show(
    _ report: any CommandReport, of command: String, _ options: CommonOptions,
    in world: borrowing World
  ) -> ExitStatus {
    show(
      text(of: report, of: command, options, in: world).bytes,
      otherwise: status(of: report, in: world))
  }

  /// The status of a report; where reads failed, it is at least a failure.
  private func status(of report: any CommandReport, in world: borrowing World) -> ExitStatus {
    report.status == .done && !world.gaps.failures.isEmpty ? .failed : report.status
  }

  /// The status of a command that has shown its results itself: it reports now what it couldn't
  /// read.
  package func status(
    _ status: ExitStatus, after world: borrowing World, _ options: CommonOptions
  ) -> ExitStatus {
    say(world.gaps.remarks, options)
    return status == .done && !world.gaps.failures.isEmpty ? .failed : status
  }

  /// Says the remarks, and gives the rest.
  private func text(
    of report: any CommandReport, of command: String, _ options: CommonOptions,
    in world: borrowing World
  ) -> Text {
    // It is read now, as that may fail, too.
    let own = options.format == .json && report.isOfThisMachine ? world.kernelRelease : nil
    say(report.remarks + world.gaps.remarks, options)
    var text = Text()
    switch options.format {
    case .text: report.writeText(to: &text, on: Page(options, in: environment))
    case .json:
      let release = options.machine.kernel ?? own
      text = json(
        report, of: command, kernel: release, isComplete: report.isComplete && world.gaps.isEmpty)
    }
    return text
  }

  /// Mere notes fall silent with `-q`.
  package func say(_ remarks: [Remark], _ options: CommonOptions) {
    for remark in remarks where remark.isError || !options.isQuiet {
      console.complain(remark.text, advice: remark.advice, as: environment.baseName)
    }
  }

  package func json(
    _ report: any CommandReport, of command: String, kernel: String?, isComplete: Bool
  ) -> Text {
    var json = JSONWriter()
    json.object { json in
      json.writeHead(of: command, kernel: kernel)
      json.member("complete", .flag(isComplete))
      report.writeMembers(to: &json)
    }
    json.text.line()
    return json.text
  }
}

extension JSONWriter {
  /// The members that every object begins with.
  package mutating func writeHead(of command: String, kernel: String?) {
    member("oomctl") { json in
      json.member("version", .text(Version.current))
      json.member("command", .text(command))
      json.member("schema", .integer(1))
    }
    member("kernel", Value(kernel))
  }
}

extension Program {
  package func show(_ text: String) -> ExitStatus { show(Array(text.utf8), otherwise: .done) }

  /// Writes the output. A reader who left early is no error; a full disk is one.
  package func show(_ bytes: [UInt8], otherwise status: ExitStatus) -> ExitStatus {
    do {
      _ = try console.show(bytes)
      return status
    } catch {
      console.complain(error.message, as: environment.baseName)
      return error.status
    }
  }
}
