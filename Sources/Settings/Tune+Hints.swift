import Changes
import Core
import ProcFS

extension Tune {
  /// Consequences of the values that will be in force.
  func hints(
    on values: [String: String], _ requests: [RequestedSetting], in world: borrowing World
  ) -> [String] {
    let keys = requests.map(\.setting.key)
    var hints: [String] = []
    if keys.contains("vm.panic_on_oom"), let panic = values["vm.panic_on_oom"], panic != "0" {
      hints.append(hintOnPanic(values["kernel.panic"]))
      hints.append(hintOnDump(in: world))
    }
    if keys.contains("vm.overcommit_ratio") || keys.contains("vm.overcommit_kbytes"),
      values["vm.overcommit_memory"] != "2"
    {
      hints.append("The commit limit counts only where vm.overcommit_memory is 2.")
    }
    return hints
  }

  private func hintOnPanic(_ seconds: String?) -> String {
    switch seconds {
    case "0":
      "A panic hangs for ever, as kernel.panic is 0: kernel.panic=10 lets the machine boot again after "
        + "10 s."
    case let seconds?: "After a panic the machine boots again (kernel.panic \(seconds))."
    case nil: "Whether the machine boots again after a panic can't be told (kernel.panic)."
    }
  }

  private func hintOnDump(in world: borrowing World) -> String {
    let path = World.crashKernelPath
    return switch world.hasCrashKernel {
    case nil: "Whether a kernel for crash dumps is loaded can't be told (\(path))."
    case true?: "A kernel for crash dumps is loaded (\(path)): it writes a dump first."
    case false?: "No kernel for crash dumps is loaded (\(path)): a panic leaves no dump."
    }
  }
}
