import Configuration
import Core
import Processes

extension World {
  /// The caller of the program, as the journal remembers it.
  var caller: Journal.Caller {
    let variables = environment.variables
    let sudo = ["SUDO_USER", "DOAS_USER"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty }
    return Journal.Caller(
      userID: environment.userID(), throughUser: sudo, terminal: environment.terminalName())
  }
}

extension Journal.Caller {
  /// In words, as `root (alice by sudo) on pts/3`.
  func words(_ users: Users) -> String {
    let user = users.name(of: userID)
    let through = throughUser.flatMap { $0 == user ? nil : " (\($0) by sudo)" } ?? ""
    return user + through + (terminal.map { " on \($0)" } ?? "")
  }
}
