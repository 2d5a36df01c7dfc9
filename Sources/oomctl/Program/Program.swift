import Arguments
import ProcFS
import Rendering

/// A command that looks at the world and reports.
protocol WorldCommand: Command {
  var common: CommonOptions { get }
  func run(in world: borrowing World) throws(Failure) -> any Report
}

/// From words to an exit status.
struct Program {
  var environment: Environment
  var console: Console

  func run(_ words: [String]) -> ExitStatus {
    do throws(UsageError) {
      switch try Tool.oomctl.parse(words) {
      case .version: return show("\(Version.line)")
      case .help(let command): return show(HelpText.page(of: command, environment: environment))
      case .run(let command): return run(command)
      }
    } catch {
      return complain(error)
    }
  }

  private func run(_ command: any Command) -> ExitStatus {
    do throws(Failure) {
      if let command = command as? any TextCommand { return show(try command.text(in: environment)) }
      guard let command = command as? any WorldCommand else { return .usage }
      return try report(of: command)
    } catch {
      console.complain(error.message, advice: error.advice, as: environment.baseName)
      return error.status
    }
  }

  private func report(of command: some WorldCommand) throws(Failure) -> ExitStatus {
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
      let release = options.machine.kernel ?? (try? world.proc.kernelRelease)
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
  private func show(_ text: String) -> ExitStatus { show(Array(text.utf8), otherwise: .done) }

  /// Writes the output. A reader who left early is no error; a full disk is one.
  private func show(_ bytes: [UInt8], otherwise status: ExitStatus) -> ExitStatus {
    guard let errno = console.write(.output, bytes), errno != .brokenPipe else { return status }
    console.complain("standard output: \(errno)", as: environment.baseName)
    return .failed
  }

  private func complain(_ error: UsageError) -> ExitStatus {
    let command = error.command.map { " \($0)" } ?? ""
    console.complain(
      error.description, advice: "Try '\(environment.baseName)\(command) --help'.",
      as: environment.baseName)
    return .usage
  }
}
