import Core
import ProcFS
import Processes
import Rendering

/// The contents of a screen beside its state: they don't change while it is looked at.
struct WatchContext: Sendable {
  var hostName: String?
  var release: String?
  var users: Users
  var sizes = SizeStyle.binary
  var usesBlocks = true
  /// Between looks.
  var interval = Interval(milliseconds: 1000)
  /// True where the kernel's log names victims.
  var namesKills = true

  init(_ options: CommonOptions, users: Users, in world: borrowing World) {
    hostName = world.known(try world.proc.hostName)
    release = options.machine.kernel ?? world.kernelRelease
    self.users = users
    sizes = options.sizes
    usesBlocks = world.environment.usesBlocks
  }

  func bar(width: Int) -> Bar { Bar(width: width, usesBlocks: usesBlocks) }
}
