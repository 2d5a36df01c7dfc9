import Testing

@testable import Processes

@Suite("Programs that are known by name")
struct KnownProgramTests {
  private static let all: [ProgramTraits] = [
    .database, .savesByFork, .java, .containerRuntime, .system, .killer, .startsJobs,
    .startsSessions, .startsContainers, .startsCommands, .startsServices, .postgres,
  ]

  @Test("stand in one row each", arguments: all)
  func names(trait: ProgramTraits) {
    let names = KnownProgram.names(trait)
    #expect(!names.isEmpty)
    #expect(Set(names).count == names.count)
    for name in names { #expect(KnownProgram.traits(of: name).contains(trait), "\(name)") }
  }

  @Test(
    "may have several traits",
    arguments: [
      ("postgres", [.database, .postgres]), ("keydb-server", [.database, .savesByFork]),
      ("containerd", [.containerRuntime, .startsContainers]), ("cron", [.system, .startsJobs]),
      ("conmon", .startsContainers), ("vi", []), ("", []),
    ] as [(String, ProgramTraits)])
  func traits(name: String, traits: ProgramTraits) {
    #expect(KnownProgram.traits(of: name) == traits)
  }
}
