// swift-tools-version: 6.2
import PackageDescription

/// What every module is compiled with: nothing unchecked, nothing implicit, no warning left standing.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module, which imports no others of ours than those named, and its tests with the folders of their data.
func module(
  _ name: String, on floor: [Target.Dependency] = [], testing others: [Target.Dependency] = [],
  data: [String] = []
) -> [Target] {
  [
    .target(name: name, dependencies: floor, swiftSettings: strict),
    .testTarget(
      name: name + "Tests",
      dependencies: [.byName(name: name), "TestSupport"] + floor + others, exclude: data,
      swiftSettings: strict),
  ]
}

/// From the ground up: a module imports only what stands above it in this list.
let modules = [
  module("ProcFS", on: ["CLinux"]),
  module("Badness", data: ["Vectors"]),
  module("KernelLog", data: ["Logs"]),
  module("Configuration", data: ["Expected"]),
  module("Arguments", data: ["Expected"]),
  module("Rendering"),
  module("CivilTime"),
  module("Posix", on: ["CLinux", "ProcFS"]),
  module("KillReplay", on: ["Badness", "KernelLog"]),
]

let package = Package(
  name: "oomctl",
  products: [
    .library(name: "ProcFS", targets: ["ProcFS"]),
    .library(name: "Badness", targets: ["Badness"]),
    .library(name: "KernelLog", targets: ["KernelLog"]),
    .library(name: "KillReplay", targets: ["KillReplay"]),
    .executable(name: "oomctl", targets: ["oomctl"]),
  ],
  targets: [
    .systemLibrary(name: "CLinux"),
    .executableTarget(
      name: "oomctl",
      dependencies: [
        "CLinux", "ProcFS", "Badness", "Arguments", "Rendering", "Configuration", "KernelLog",
        "CivilTime", "Posix", "KillReplay",
      ],
      swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["ProcFS"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "FuzzKernelLog", dependencies: ["KernelLog", "TestSupport"], path: "Tests/Fuzz",
      swiftSettings: strict),
    .testTarget(
      name: "OomctlTests",
      dependencies: [
        "oomctl", "ProcFS", "Badness", "Arguments", "Configuration", "KernelLog", "Rendering",
        "CivilTime", "Posix", "KillReplay", "TestSupport",
      ],
      exclude: ["Containers", "Expected", "Machines"], swiftSettings: strict),
  ] + modules.flatMap { $0 },
  swiftLanguageModes: [.v6]
)
