import Changes
import Core
import ProcFS
import Rendering

/// Programs that write some of the settings themselves, whatever files say.
struct Rivals {
  /// Of tuned; `nil` where none is set up.
  private let tunedProfile: String?
  private let hasKubelet: Bool

  init(in world: borrowing World) {
    let bytes = world.known(try world.contents(of: "/etc/tuned/active_profile")) ?? []
    tunedProfile =
      bytes.isEmpty
      ? nil
      : String(String(decoding: bytes, as: UTF8.self).split(separator: "\n").first ?? "")
    hasKubelet = world.known(try world.contents(of: "/var/lib/kubelet/config.yaml")) != nil
  }

  /// True where a setting may be one of theirs.
  func maySet(_ setting: Setting) -> Bool {
    tunedProfile != nil || hasKubelet && Self.kubelets.contains(setting.key)
  }

  private static let kubelets = ["vm.overcommit_memory", "vm.panic_on_oom", "kernel.panic"]

  var remarks: [Remark] {
    var remarks: [Remark] = []
    if let tunedProfile {
      remarks.append(
        .note(
          "tuned is set up with the profile '\(tunedProfile)', which may set any of these once it starts"
        ))
    }
    if hasKubelet {
      remarks.append(
        .note(
          "kubelet sets vm.overcommit_memory to 1, vm.panic_on_oom to 0 and kernel.panic to 10 when it "
            + "starts, unless it is told to leave them (protectKernelDefaults)"))
    }
    return remarks
  }
}
