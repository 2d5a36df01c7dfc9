package import Badness

/// A kernel setting that `tune` explains and sets: the files in `/proc/sys` that decide over OOM.
package struct Setting: Sendable {
  /// As `vm.swappiness`.
  package let key: String
  /// The unit that the number counts, as `KiB`; `nil` for a choice.
  package var unit: String?
  var type = ValueType.int
  /// Its effect, in a line.
  package let summary: String
  /// Facts that one should know before changing it.
  package let explanation: String
  /// Recommendations of others, who don't agree.
  package var advice: [Advice] = []
  /// Oldest first; before the first one the file doesn't exist.
  let eras: [Era]

  /// Without its first part, as `swappiness`.
  package var name: String { key.split(separator: ".").last.map(String.init) ?? key }

  /// Below `/proc/sys`.
  package var path: String { String(key.map { $0 == "." ? "/" : $0 }) }

  /// The type as which the kernel reads the text.
  enum ValueType: Sendable {
    case int
    /// Never negative, and shorter on a 32-bit kernel.
    case unsignedLong
    /// Several ints.
    case vector
  }

  /// The rules from one release on.
  package struct Era: Sendable {
    let since: KernelVersion
    /// The values that the kernel accepts, where they are fewer than the type holds.
    var range: ClosedRange<Int128>?
    let initial: InitialValue
  }

  /// The value that a kernel starts with.
  enum InitialValue: Sendable {
    case fixed(String)
    /// So without a word to the contrary: a builder or the command line may have chosen another.
    case usual(String)
    /// Worked out from the memory there is at boot.
    case computed
    /// Chosen by those who built the kernel.
    case builder
  }

  /// A recommendation, with its source.
  package struct Advice: Sendable {
    package let source: String
    package let text: String
  }
}

extension Setting {
  /// The rules of a kernel; `nil` where it has no such file.
  package func era(in kernel: KernelVersion) -> Era? { eras.last { $0.since <= kernel } }

  /// The values that a kernel accepts; `nil` where it has no such file.
  package func range(in kernel: KernelVersion, wordSize: WordSize) -> ClosedRange<Int128>? {
    era(in: kernel).map { era in
      era.range
        ?? (type == .unsignedLong
          ? 0...(wordSize == .bits32 ? Int128(UInt32.max) : Int128(UInt64.max))
          : Int128(Int32.min)...Int128(Int32.max))
    }
  }

  /// The value that a kernel starts with; `nil` where that depends on the machine or on how it was
  /// built.
  package func defaultValue(in kernel: KernelVersion) -> String? {
    switch era(in: kernel)?.initial {
    case .fixed(let value), .usual(let value): value
    case .computed, .builder, nil: nil
    }
  }

  /// The default value where it is known for sure.
  package func surelyDefault(in kernel: KernelVersion) -> String? {
    if case .fixed(let value) = era(in: kernel)?.initial { value } else { nil }
  }

  /// By its name, in either spelling: `vm.swappiness`, `vm/swappiness`, or without `vm.`.
  package static func named(_ name: String) -> Setting? {
    let key = String(name.map { $0 == "/" ? "." : $0 })
    return all.first { $0.key == key || $0.key == "vm.\(key)" }
  }
}

extension Setting {
  /// The setting that the kernel zeroes when this one is written, whatever is written (mm/util.c
  /// `overcommit_ratio_handler`, `overcommit_kbytes_handler`).
  package var counterpart: String? {
    switch key {
    case "vm.overcommit_ratio": "vm.overcommit_kbytes"
    case "vm.overcommit_kbytes": "vm.overcommit_ratio"
    default: nil
    }
  }
}
