import Changes
package import Core
import ProcFS

extension RequestedSetting {
  /// The command that sets it, now and at each boot.
  package func remedy(on context: TuningContext?, in world: borrowing World) -> String {
    let obstacle = context.flatMap { LastingSettings.obstacle(to: self, on: $0, in: world) }
    guard let obstacle else { return command(lasting: true, in: world) }
    return "\(command(in: world)) until the next boot; \(obstacle.sentence)"
  }

  /// The command that sets it, and from where.
  func command(lasting: Bool = false, in world: borrowing World) -> String {
    let isSeveral = value.utf8.contains(UInt8(ascii: " "))
    return "oomctl tune \(isSeveral ? "'\(word)'" : word)\(lasting ? " --persist" : "")"
      + world.standpoint(ofWriting: setting.path)
  }
}
