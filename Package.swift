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

/// How modules are compiled that are asked once a call, or at leisure: they are a fifth smaller so. What reads
/// thousands of files or millions of lines is made for speed.
let small = strict + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// What tests of machines use, which the lowest modules know nothing of.
let machines: [Target.Dependency] = ["ProgramSupport"]

/// A module, which imports no others of ours than those named; its tests, with what else they use and the
/// folders of their data.
func module(
  _ name: String, on floor: [Target.Dependency] = [], tests support: [Target.Dependency] = [],
  data: [String] = [], made settings: [SwiftSetting] = strict
) -> [Target] {
  [
    .target(name: name, dependencies: floor, swiftSettings: settings),
    .testTarget(
      name: name + "Tests",
      dependencies: [.byName(name: name), "TestSupport"] + floor + support, exclude: data,
      swiftSettings: strict),
  ]
}

/// From the ground up: a module imports only what stands above it in this list.
let modules = [
  module("ProcFS", on: ["CLinux"]),
  module("Badness", data: ["Vectors"]),
  module("LogLines"),
  module("DaemonLog", on: ["LogLines"]),
  module("KernelLog", on: ["DaemonLog", "LogLines"], data: ["Logs"]),
  module("Configuration", data: ["Expected"], made: small),
  module("Arguments", data: ["Expected"], made: small),
  module("Rendering"),
  module("Expressions"),
  module("Posix", on: ["CLinux", "ProcFS"], tests: machines),
  module("CivilTime", on: ["Posix"], made: small),
  module("CgroupFS", on: ["Posix", "ProcFS"]),
  module(
    "KillReplay", on: ["Badness", "DaemonLog", "KernelLog", "Rendering"], tests: ["LogLines"],
    made: small),
  module(
    "Core", on: ["Arguments", "Badness", "Posix", "ProcFS", "Rendering"], tests: machines,
    made: small),
  module(
    "MemoryLedger", on: ["Badness", "Core", "ProcFS", "Rendering"], tests: machines, made: small),
  module(
    "ReportAnalysis", on: ["Badness", "DaemonLog", "KernelLog", "MemoryLedger"], made: small),
  module("Units", on: ["Configuration", "Core", "Posix", "ProcFS"], tests: machines, made: small),
  module(
    "Processes",
    on: [
      "Arguments", "Badness", "CgroupFS", "Configuration", "Core", "Expressions", "ProcFS",
      "Rendering", "Units",
    ],
    tests: machines),
  module(
    "LogSources",
    on: [
      "Arguments", "CivilTime", "Core", "DaemonLog", "KernelLog", "LogLines", "Posix", "ProcFS",
    ],
    tests: machines, made: small),
  module(
    "KillPrediction",
    on: [
      "Arguments", "Badness", "CgroupFS", "Core", "MemoryLedger", "ProcFS", "Processes",
      "Rendering",
    ],
    tests: machines, made: small),
  module(
    "Ranking",
    on: [
      "Arguments", "Badness", "CgroupFS", "Core", "KillPrediction", "ProcFS", "Processes",
      "Rendering", "Units",
    ],
    tests: machines, data: ["Expected"]),
  module(
    "MemoryGroups",
    on: [
      "Arguments", "CgroupFS", "Core", "KillPrediction", "ProcFS", "Processes", "Rendering",
    ], tests: machines, made: small),
  module(
    "Changes",
    on: [
      "Arguments", "Badness", "CivilTime", "Configuration", "Core", "Posix", "ProcFS", "Processes",
      "Ranking", "Rendering",
    ], tests: machines, data: ["Expected"], made: small),
  module(
    "Protecting",
    on: [
      "Arguments", "Badness", "Changes", "Configuration", "Core", "KillPrediction", "ProcFS",
      "Processes", "Rendering", "Units",
    ], tests: machines, data: ["Expected"], made: small),
  module(
    "Settings",
    on: [
      "Arguments", "Badness", "Changes", "Configuration", "Core", "Posix", "ProcFS", "Processes",
      "Rendering",
    ], tests: machines, data: ["Expected"], made: small),
  module(
    "GuardService",
    on: [
      "Arguments", "Changes", "CivilTime", "Configuration", "Core", "Posix", "ProcFS",
      "Processes", "Protecting", "Rendering",
    ], tests: machines, made: small),
  module(
    "Diagnosis",
    on: [
      "Arguments", "Badness", "CgroupFS", "Changes", "Configuration", "Core", "GuardService",
      "KillPrediction", "MemoryGroups", "MemoryLedger", "ProcFS", "Processes", "Protecting",
      "Rendering", "Settings", "Units",
    ], tests: machines, data: ["Expected"], made: small),
  module(
    "KillHistory",
    on: [
      "Arguments", "Badness", "CgroupFS", "CivilTime", "Core", "DaemonLog", "KernelLog",
      "KillPrediction", "KillReplay", "LogLines", "LogSources", "MemoryLedger", "Posix", "ProcFS",
      "Processes", "Rendering", "ReportAnalysis",
    ], tests: machines, made: small),
  module(
    "MetricsExport",
    on: [
      "Arguments", "Badness", "CgroupFS", "Core", "Diagnosis", "GuardService", "KillPrediction",
      "ProcFS", "Processes", "Protecting", "Rendering",
    ], tests: machines, data: ["Expected"], made: small),
  module(
    "DrillRun",
    on: [
      "Arguments", "Badness", "CgroupFS", "Changes", "Core", "KernelLog",
      "KillPrediction", "LogSources", "Posix", "ProcFS", "Processes", "Rendering",
    ], tests: machines, data: ["Expected"], made: small),
  module(
    "WatchScreen",
    on: [
      "Arguments", "Badness", "CgroupFS", "Changes", "CivilTime", "Core", "Diagnosis",
      "KernelLog", "KillPrediction", "LogSources", "Posix", "ProcFS", "Processes", "Ranking",
      "Rendering",
    ], tests: machines, data: ["Expected"], made: small),
]

/// All of them, which the program joins.
let all: [Target.Dependency] = modules.map { .byName(name: $0[0].name) }

let package = Package(
  name: "oomctl",
  products: [
    .library(name: "ProcFS", targets: ["ProcFS"]),
    .library(name: "CgroupFS", targets: ["CgroupFS"]),
    .library(name: "Badness", targets: ["Badness"]),
    .library(name: "LogLines", targets: ["LogLines"]),
    .library(name: "DaemonLog", targets: ["DaemonLog"]),
    .library(name: "KernelLog", targets: ["KernelLog"]),
    .library(name: "KillReplay", targets: ["KillReplay"]),
    .executable(name: "oomctl", targets: ["oomctl"]),
  ],
  targets: [
    .systemLibrary(name: "CLinux"),
    .executableTarget(
      name: "oomctl",
      dependencies: all,
      swiftSettings: small),
    .target(
      name: "TestSupport", dependencies: ["ProcFS"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "ProgramSupport",
      dependencies: [
        "Badness", "CivilTime", "Core", "KernelLog", "LogSources", "Posix", "ProcFS", "Rendering",
        "TestSupport",
      ],
      path: "Tests/ProgramSupport", exclude: ["Containers", "Machines"], swiftSettings: strict),
    .executableTarget(
      name: "FuzzKernelLog", dependencies: ["KernelLog", "TestSupport"],
      path: "Tests/Fuzz",
      swiftSettings: strict),
    .testTarget(
      name: "OomctlTests",
      dependencies: ["oomctl", "ProgramSupport", "TestSupport"] + all,
      exclude: ["Expected"], swiftSettings: strict),
  ] + modules.flatMap { $0 },
  swiftLanguageModes: [.v6]
)
