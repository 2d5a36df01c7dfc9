import Core
import Posix
import ProcFS

/// The program that started the guard and wants to know how it fares, as systemd (sd_notify(3)).
/// Without one all messages go nowhere.
struct ServiceManager {
  private let socket: LocalSocket?
  /// After so many milliseconds at the latest it wants to hear `.alive`.
  let watchdogInterval: Int?

  enum Message {
    /// Started, or reloaded.
    case ready
    /// Reading the rules anew; `.ready` follows.
    case reloading
    case stopping
    /// One line for people, as `systemctl status` shows.
    case status(String)
    case alive
  }

  init(in environment: Environment) {
    let variables = environment.variables
    socket = variables["NOTIFY_SOCKET"].flatMap(Self.name).map(LocalSocket.init)
    let pid = variables["WATCHDOG_PID"]
    let isMeant = pid == nil || pid == environment.ownID().map { "\($0)" }
    // Half of what is allowed, as sd_watchdog_enabled(3) advises.
    watchdogInterval =
      isMeant
      ? variables["WATCHDOG_USEC"].flatMap { Int($0) }.flatMap { $0 > 0 ? max(1, $0 / 2000) : nil }
      : nil
  }

  /// Says it all at once, or what prevented that.
  @discardableResult
  func notify(_ messages: Message...) -> Errno? {
    guard let socket else { return nil }
    let text = messages.map(Self.words).joined(separator: "\n")
    do throws(Errno) {
      // A service manager that hangs mustn't make its services hang.
      try socket.send(Array(text.utf8), atMost: 300)
      return nil
    } catch {
      return error
    }
  }

  /// The path of the socket, or a zero byte and an abstract name.
  private static func name(_ name: String) -> [UInt8]? {
    switch name.utf8.first {
    case UInt8(ascii: "/"): Array(name.utf8)
    case UInt8(ascii: "@"): [0] + name.utf8.dropFirst()
    // As a virtual machine's host, which is told nothing.
    default: nil
    }
  }

  private static func words(for messages: Message) -> String {
    switch messages {
    case .ready: "READY=1"
    case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(MonotonicClock.microseconds)"
    case .stopping: "STOPPING=1"
    case .status(let text):
      "STATUS=" + text.split(separator: "\n").joined(separator: " ")
    case .alive: "WATCHDOG=1"
    }
  }
}
