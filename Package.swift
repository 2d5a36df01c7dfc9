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

/// The libraries form a star: none imports another, the executable joins them.
let package = Package(
  name: "oomctl",
  products: [
    .library(name: "ProcFS", targets: ["ProcFS"]),
    .library(name: "Badness", targets: ["Badness"]),
    .library(name: "KernelLog", targets: ["KernelLog"]),
    .executable(name: "oomctl", targets: ["oomctl"]),
  ],
  targets: [
    .systemLibrary(name: "CLinux"),
    .target(name: "ProcFS", dependencies: ["CLinux"], swiftSettings: strict),
    .target(name: "Badness", swiftSettings: strict),
    .target(name: "Arguments", swiftSettings: strict),
    .target(name: "Rendering", swiftSettings: strict),
    .target(name: "Configuration", swiftSettings: strict),
    .target(name: "KernelLog", swiftSettings: strict),
    .executableTarget(
      name: "oomctl",
      dependencies: [
        "CLinux", "ProcFS", "Badness", "Arguments", "Rendering", "Configuration", "KernelLog",
      ],
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .executableTarget(
      name: "FuzzKernelLog", dependencies: ["KernelLog", "TestSupport"], path: "Tests/Fuzz",
      swiftSettings: strict),
    .testTarget(
      name: "ProcFSTests", dependencies: ["ProcFS", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "BadnessTests", dependencies: ["Badness", "TestSupport"], exclude: ["Vectors"],
      swiftSettings: strict),
    .testTarget(
      name: "ArgumentsTests", dependencies: ["Arguments", "TestSupport"], exclude: ["Expected"],
      swiftSettings: strict),
    .testTarget(name: "RenderingTests", dependencies: ["Rendering"], swiftSettings: strict),
    .testTarget(
      name: "ConfigurationTests", dependencies: ["Configuration", "TestSupport"],
      exclude: ["Expected"], swiftSettings: strict),
    .testTarget(
      name: "KernelLogTests", dependencies: ["KernelLog", "TestSupport"], exclude: ["Logs"],
      swiftSettings: strict),
    .testTarget(
      name: "OomctlTests",
      dependencies: [
        "oomctl", "ProcFS", "Badness", "Arguments", "Configuration", "KernelLog", "Rendering",
        "TestSupport",
      ],
      exclude: ["Containers", "Expected", "Machines"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
