import ProcFS
import TestSupport
import Testing

@Suite("The memory policy of a process")
struct MemoryPolicyTests {
  private func policies(
    _ maps: String
  ) throws -> (policy: MemoryPolicy?, first: MemoryPolicy?) {
    let tree = try FixtureTree(["17/numa_maps": .file(Array(maps.utf8))])
    let process = try tree.process()
    return (try process.memoryPolicy, try process.firstMemoryPolicy)
  }

  @Test(
    "has a mode and nodes",
    arguments: [
      ("default", .other, nil), ("bind:0-1", .bind, "0-1"), ("bind=static:0", .bind, "0"),
      ("bind", .bind, nil), ("interleave:1,3", .interleave, "1,3"), ("prefer:2", .other, "2"),
      ("prefer", .other, nil), ("binds:1", .other, "1"), ("local", .other, nil),
      ("weighted interleave:1", .other, nil), ("bind:0:1", .bind, "0:1"),
    ] as [(String, MemoryPolicy.Mode, String?)])
  func modes(word: String, mode: MemoryPolicy.Mode, nodes: String?) throws {
    let (policy, first) = try policies("7f00 \(word) anon=1\n")
    #expect(policy == first && policy?.mode == mode)
    if !word.contains(" ") { #expect(policy?.nodes == nodes) }
  }

  @Test("is that of the stack, else of the first mapping")
  func stack() throws {
    let maps = "1000 bind:0 file=/a\n2000 bind:1 stack anon=1\n3000 bind:2 anon=1 stack\n"
    #expect(try policies(maps).policy?.nodes == "1" && policies(maps).first?.nodes == "0")
    let last = "1000 bind:0 file=/a\n3000 bind:2 anon=1 stack"
    #expect(try policies(last).policy?.nodes == "2")
    let none = "1000 bind:0 file=/stack\n2000 bind:1 stacks anon=1\n3000 stack anon=1\n"
    #expect(try policies(none).policy?.nodes == "0")
    #expect(try policies("").policy == nil && policies("").first == nil)
  }
}
