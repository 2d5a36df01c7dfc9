import Arguments
import ProcFS
import Rendering

/// One of the program's commands, which knows how it is carried out.
protocol ProgramCommand: Command {
  /// How it ends where its words are wrong.
  static var usageStatus: ExitStatus { get }

  func run(by program: Program) throws(Failure) -> ExitStatus
}

extension ProgramCommand {
  static var usageStatus: ExitStatus { .usage }
}

/// From words to an exit status.
struct Program {
  var environment: Environment
  var console: Console

  func run(_ words: [String]) -> ExitStatus {
    do throws(UsageError) {
      switch try Tool.oomctl.choose(words) {
      case .question(let question): return answer(question, about: Overview.self)
      case .overview(let words): return run(Overview.self, words)
      case .command(let index, let words): return run(Oomctl.commands[index], words)
      }
    } catch {
      return complain(error, status: .usage)
    }
  }

  private func run<C: ProgramCommand>(_ type: C.Type, _ words: [String]) -> ExitStatus {
    var command = C()
    do throws(UsageError) {
      if let question = try command.take(words) { return answer(question, about: type) }
    } catch {
      return complain(
        C.name == Overview.name ? error : .of(command: C.name, error), status: C.usageStatus)
    }
    do throws(Failure) {
      return try command.run(by: self)
    } catch {
      console.complain(error.message, advice: error.advice, as: environment.baseName)
      return error.status
    }
  }

  private func answer(_ question: Question, about command: any Command.Type) -> ExitStatus {
    switch question {
    case .help: show(HelpText.page(of: command, environment: environment))
    case .version: show("\(Version.line)")
    }
  }
}

/// A command that looks at the world and reports.
protocol WorldCommand: ProgramCommand {
  var common: CommonOptions { get }
  func run(in world: borrowing World) throws(Failure) -> any Report
}

extension WorldCommand {
  func run(by program: Program) throws(Failure) -> ExitStatus { try program.report(of: self) }
}

extension Program {
  func report(of command: some WorldCommand) throws(Failure) -> ExitStatus {
    let options = command.common
    let world = try World(root: options.machine.root, environment: environment)
    let report = try command.run(in: world)
    for remark in report.remarks where remark.isError || !options.isQuiet {
      console.complain(remark.text, advice: remark.advice, as: environment.baseName)
    }
    var text = Text()
    switch options.format {
    case .text: report.writeText(to: &text, on: Page(options, in: environment))
    case .json:
      let release = options.machine.kernel ?? world.kernelRelease
      text = json(report, of: type(of: command).name, kernel: release)
    }
    return show(text.bytes, otherwise: report.status)
  }

  private func json(_ report: any Report, of command: String, kernel: String?) -> Text {
    var json = JSONWriter()
    json.object { json in
      json.member("oomctl") { json in
        json.member("version", .text(Version.current))
        json.member("command", .text(command))
        json.member("schema", .integer(1))
      }
      json.member("kernel", Value(kernel))
      json.member("complete", .flag(report.isComplete))
      report.writeMembers(to: &json)
    }
    json.text.line()
    return json.text
  }
}

extension Program {
  func show(_ text: String) -> ExitStatus { show(Array(text.utf8), otherwise: .done) }

  /// Writes the output. A reader who left early is no error; a full disk is one.
  private func show(_ bytes: [UInt8], otherwise status: ExitStatus) -> ExitStatus {
    guard let errno = console.write(.output, bytes), errno != .brokenPipe else { return status }
    console.complain("standard output: \(errno)", as: environment.baseName)
    return .failed
  }

  private func complain(_ error: UsageError, status: ExitStatus) -> ExitStatus {
    let command = error.command.map { " \($0)" } ?? ""
    console.complain(
      error.description, advice: "Try '\(environment.baseName)\(command) --help'.",
      as: environment.baseName)
    return status
  }
}
