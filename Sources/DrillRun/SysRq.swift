import Core
import ProcFS

/// The kernel's own OOM killer, called by hand: SysRq-f through `/proc/sysrq-trigger` (drivers/tty/sysrq.c
/// `write_sysrq_trigger`, `moom_callback`).
struct SysRq: Equatable, Sendable {
  /// The reason why it can't be called; `nil` where nothing is known to be in the way.
  let hindrance: Errno?
  /// The path of the file, for messages.
  private let path: String
  /// `kernel.sysrq`; `nil` where there is none.
  let setting: Int?

  private static let trigger = "sysrq-trigger"
  /// `SYSRQ_ENABLE_SIGNAL`: what sends signals.
  private static let signalling = 64

  init(in world: borrowing World) {
    path = world.proc.directory.path(of: Self.trigger)
    hindrance = world.proc.directory.hindrance(toWriting: Self.trigger)
    setting = world.known(try world.proc.directory.read("sys/kernel/sysrq"))
  }

  /// Has the kernel kill.
  static func call(in world: borrowing World) throws(Failure) {
    do {
      try world.proc.directory.write("f", to: trigger)
    } catch {
      throw Failure(error)
    }
  }

  /// True where the keys are without effect, which the file isn't: the setting binds the keyboard
  /// alone.
  var isMaskedAtKeyboard: Bool {
    guard let setting else { return false }
    return setting != 1 && setting & Self.signalling == 0
  }

  /// The obstacle, in words for the user.
  var failure: Failure? {
    switch hindrance {
    case nil: nil
    case .noSuchFile:
      Failure(
        "\(path): no SysRq: the kernel was built without, or a container hides it",
        advice: "oomctl drill without --sysrq needs none.")
    case .readOnlyFileSystem:
      Failure(
        "\(path): can't be written: a container's runtime has masked it",
        advice: "Try it on the host.")
    case .some(let errno):
      Failure("\(path): \(errno)", advice: "Try again as root.")
    }
  }

  /// A note on the setting, where it is worth one.
  var remark: Remark? {
    guard isMaskedAtKeyboard, let setting else { return nil }
    return .note(
      "kernel.sysrq is \(setting): the keys SysRq-f are masked; the file that is used here isn't bound "
        + "by that")
  }
}
