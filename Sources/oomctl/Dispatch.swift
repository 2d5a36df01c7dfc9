import Arguments
import Core
import ProcFS
import Rendering

/// From words to an exit status.
extension Program {
  func run(_ words: [String]) -> ExitStatus {
    let words = environment.hasSecondName ? [Oomctl.secondName.command] + words : words
    do throws(UsageError) {
      switch try Tool.oomctl.choose(words) {
      case .question(let question): return answer(question, about: Overview.self)
      case .overview(let words): return run(Overview.self, words)
      case .command(let index, let rest):
        let command = Oomctl.commands[index]
        if command == Dump.self, let failure = Dump.handOver(words, in: environment) {
          return complain(failure)
        }
        return run(command, rest)
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
    guard let options = (command as? any CommonCommand)?.common, options.format == .json else {
      do throws(Failure) {
        return try command.run(by: self)
      } catch {
        return complain(error)
      }
    }
    return run(command, asObjectBy: options)
  }

  /// Runs a command that prints one object, also for a failure before there was any output.
  private func run(_ command: some ProgramCommand, asObjectBy options: CommonOptions) -> ExitStatus
  {
    let mark = OutputMark()
    var program = self
    program.console = console.marking(mark)
    do throws(Failure) {
      return try command.run(by: program)
    } catch {
      let status = complain(error)
      return mark.isSet ? status : show(error, of: type(of: command).name, options)
    }
  }

  private func show(
    _ failure: Failure, of command: String, _ options: CommonOptions
  ) -> ExitStatus {
    // The kernel isn't known where even that can't be read.
    var release = options.machine.kernel
    if release == nil, let world = try? World(root: options.machine.root, environment: environment)
    {
      release = world.kernelRelease
    }
    let report = FailureReport(failure: failure)
    return show(
      json(report, of: command, kernel: release, isComplete: false).bytes, otherwise: report.status)
  }

  private func complain(_ failure: Failure) -> ExitStatus {
    console.complain(failure.message, advice: failure.advice, as: environment.baseName)
    return failure.status
  }

  private func answer(_ question: Question, about command: any Command.Type) -> ExitStatus {
    switch question {
    case .help: show(HelpText.page(of: command, environment: environment))
    case .version: show("\(Version.line)")
    }
  }

  private func complain(_ error: UsageError, status: ExitStatus) -> ExitStatus {
    let command = environment.hasSecondName ? "" : error.command.map { " \($0)" } ?? ""
    console.complain(
      error.description, advice: "Try '\(environment.baseName)\(command) --help'.",
      as: environment.baseName)
    return status
  }
}

extension Environment {
  /// True where it was called by the name that means one of its commands.
  var hasSecondName: Bool {
    name.hasSuffix(Oomctl.secondName.name) && baseName == Oomctl.secondName.name
  }
}

/// Pages of help for this terminal.
enum HelpText {
  static func page(of command: (any Command.Type)?, environment: Environment) -> String {
    let page = HelpPage(Tool.oomctl.info, width: min(environment.terminalWidth ?? 80, 100))
    guard let command, command.name != Overview.name else { return page.overview }
    return page.page(of: CommandInfo(command))
  }
}
