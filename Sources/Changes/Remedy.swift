import Badness
package import Core
import ProcFS
package import Processes
import Rendering

// Commands that findings advise. What this program knows to fail from here is advised from where it works,
// or with what works in its place.

extension World {
  /// The words after a command that would make a change, which say where or as which user it works:
  /// none where nothing is known to be in the way. Of a captured tree's machine only its files are
  /// known.
  fileprivate func standpoint(of change: Change, or capability: String = "") -> String {
    guard isThisMachine, change.foreseen(in: self).isImpossible else { return "" }
    return environment.userID() == 0 ? " (on the host\(capability))" : " (as root)"
  }
}

extension World {
  /// The words after a write by hand to something below `/proc/sys`.
  package func standpoint(ofWriting path: String) -> String {
    standpoint(
      of: Change(
        target: path, file: path, old: .absent, new: .absent,
        action: .setting(SettingWrite(path: path, old: "", new: ""))))
  }
}

extension ScoredProcess {
  /// The command that brings it to an adjustment.
  ///
  /// - Parameter command: As `oomctl protect sshd`; its number is named where there is none.
  package func remedy(
    _ command: String? = nil, to adjustment: Int, on machine: Machine, in world: borrowing World
  ) -> String {
    let change = AdjustmentRequest(amount: .absolute(adjustment)).change(
      of: self, on: machine, in: world)
    // Without that it would be refused: whatever it starts inherits.
    let force = id.rawValue == 1 ? "--force " : ""
    return (command ?? "oomctl adjust -n \(adjustment) \(force)\(id)")
      + world.standpoint(of: change, or: ", or with CAP_SYS_RESOURCE")
  }
}

extension Failure {
  /// The reason and the advice, in one text.
  package var sentence: String { advice.map { "\(message). \($0)" } ?? message }
}
