import ProcFS
import Synchronization
import TestSupport

@testable import Core
@testable import oomctl

/// What a run of the program left behind.
struct Run {
  /// The bytes it printed.
  let bytes: [UInt8]
  let errors: String
  let status: ExitStatus

  var output: String { String(decoding: bytes, as: UTF8.self) }

  var lines: [String] {
    output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// What it printed, which must be one JSON object.
  var json: JSON { get throws { try JSON(bytes) } }

  /// The processes in that object.
  var processes: [JSON] { get throws { try json["processes"].elements } }

  var numbers: [Int] { get throws { try processes.map { try $0["pid"].integer } } }

  /// The only explanation in that object.
  var explanation: JSON {
    get throws {
      let all = try json["explanations"].elements
      guard let first = all.first, all.count == 1 else {
        throw DataError("output", "\(all.count) explanations")
      }
      return first
    }
  }
}

/// Runs the program here, with a console that collects.
func run(_ words: [String], in environment: Environment = Environment()) -> Run {
  let box = Box()
  let console = Console { stream, bytes in
    box.append(bytes, to: stream)
    return nil
  }
  let status = Program(environment: environment, console: console).run(words)
  return Run(
    bytes: box.bytes(of: .output), errors: String(decoding: box.bytes(of: .errors), as: UTF8.self),
    status: status)
}

/// Runs the program on a made machine, whose folder messages name as `ROOT`.
func run(
  _ words: [String], on tree: FixtureTree, in environment: Environment = Environment()
) -> Run {
  let result = run(words + ["--root", tree.path], in: environment)
  return Run(
    bytes: result.bytes,
    errors: result.errors.split(separator: tree.path, omittingEmptySubsequences: false)
      .joined(separator: "ROOT"), status: result.status)
}

/// The console's words, kept apart from whichever thread writes them.
private final class Box: Sendable {
  private let streams = Mutex<[Console.Stream: [UInt8]]>([:])

  func append(_ bytes: [UInt8], to stream: Console.Stream) {
    streams.withLock { $0[stream, default: []] += bytes }
  }

  func bytes(of stream: Console.Stream) -> [UInt8] { streams.withLock { $0[stream] ?? [] } }
}
