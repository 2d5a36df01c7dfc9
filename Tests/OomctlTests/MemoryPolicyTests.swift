import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import oomctl

@Suite("When a memory policy's nodes are used up")
struct MemoryPolicyTests {
  private func machine(
    kernel: String = "6.1.0", nodes: Int = 2, policies: [Int: String]
  ) -> FixtureMachine {
    var machine = FixtureMachine(
      kernel: kernel,
      processes: [
        FixtureProcess(1, "init", resident: 100).with { $0.parent = 0 },
        .kernelThread(2, "kthreadd", parent: 0),
        FixtureProcess(10, "one", resident: 9_000), FixtureProcess(20, "two", resident: 8_000),
        FixtureProcess(30, "three", resident: 7_000),
      ]
    ).with(
      (0..<nodes).map {
        FixtureZone(
          node: $0, name: "Normal", free: 1000, min: 10, low: 20, high: 30, managed: 50_000)
      })
    machine.files["proc/1/numa_maps"] = "55d0c000 default file=/sbin/init mapped=1 N0=1\n"
    for (id, policy) in policies {
      machine.files["proc/\(id)/numa_maps"] = .file(Array(Self.maps(policy).utf8))
    }
    return machine
  }

  /// A heap with a policy of its own, low in memory, and the stack with the task's.
  private static func maps(_ policy: String) -> String {
    """
    00400000 interleave:0-1 anon=3 dirty=3 N0=2 N1=1 kernelpagesize_kB=4
    7f21a000 \(policy) file=/lib/my\\040stack mapped=30 N0=30 kernelpagesize_kB=4
    7ffd3000 \(policy) stack anon=3 dirty=3 N0=3 kernelpagesize_kB=4
    7ffd9000 default

    """
  }

  private func victims(_ words: [String], on machine: FixtureMachine) throws -> [Int] {
    try run(["predict", "--json"] + words, on: machine.tree()).json["kills"].elements.map {
      try $0["victim"]["pid"].integer
    }
  }

  @Test(
    "reclaim drops what files have on those nodes alone",
    arguments: [
      ("--policy", 0, [20, 10, 30]), ("--policy", 1, [10, 20, 30]), ("--cpuset", 0, [20, 10, 30]),
    ])
  func files(option: String, node: Int, order: [Int]) throws {
    var machine = machine(policies: [20: "default", 30: "default"])
    machine[10].memory?.file = 1_500
    machine[10].memory?.shared = 0
    machine.files["proc/10/numa_maps"] = """
      00400000 default file=/srv/table mapped=1500 N0=1500 kernelpagesize_kB=4
      7ffd3000 default stack anon=3 dirty=3 N1=3 kernelpagesize_kB=4

      """
    #expect(try victims([option, "\(node)", "--reclaimed"], on: machine) == order)
  }

  @Test(
    "only who is bound elsewhere is passed by",
    arguments: [
      ("default", true), ("bind:0", false), ("bind:1", true), ("bind:0-1", true),
      ("bind=static:0", false), ("bind=relative:1", true), ("bind=static|balancing:0", false),
      ("prefer:0", true), ("prefer (many):0", true), ("local", true), ("interleave:0", true),
      ("weighted interleave:0", true),
    ])
  func policies(policy: String, isMember: Bool) throws {
    let machine = machine(policies: [10: policy, 20: "default", 30: "bind:1"])
    #expect(try victims(["--policy", "1"], on: machine) == (isMember ? [10, 20, 30] : [20, 30]))
  }

  @Test(
    "to 5.13 also who interleaves elsewhere is", arguments: [("5.13.0", false), ("5.14.0", true)])
  func interleaving(kernel: String, isMember: Bool) throws {
    let machine = machine(
      kernel: kernel, policies: [10: "interleave:0", 20: "default", 30: "default"])
    #expect(try victims(["--policy", "1"], on: machine) == (isMember ? [10, 20, 30] : [20, 30]))
  }

  @Test("one thread that may use them makes its process a candidate")
  func threads() throws {
    var machine = machine(policies: [10: "bind:0", 20: "default", 30: "default"])
    machine.files["proc/10/task/11/numa_maps"] = .file(Array(Self.maps("bind:1").utf8))
    #expect(try victims(["--policy", "1"], on: machine).first == 10)
  }

  @Test("a main thread that has ended has no policy, which makes its process a candidate")
  func ended() throws {
    var machine = machine(policies: [20: "bind:0", 30: "default"])
    machine.files["proc/10/numa_maps"] = ""
    machine.files["proc/10/task/11/numa_maps"] = .file(Array(Self.maps("bind:0").utf8))
    #expect(try victims(["--policy", "1"], on: machine) == [10, 30])
  }

  @Test("cpusets don't count, as policies don't for a cpuset")
  func cpusets() throws {
    let machine = machine(policies: [10: "bind:0", 20: "default", 30: "default"])
    #expect(try victims(["--cpuset", "1"], on: machine) == [10, 20, 30])
    let policy = try run(["predict", "--json", "--policy", "1"], on: machine.tree()).json["domain"]
    let cpuset = try run(["predict", "--json", "--cpuset", "1"], on: machine.tree()).json["domain"]
    #expect(try policy["constraint"] == "memory_policy" && policy["kind"] == "nodes")
    #expect(try cpuset["constraint"] == "cpuset" && cpuset["kind"] == "nodes")
    #expect(try policy["total_pages"] == cpuset["total_pages"])
  }

  @Test("a policy that can't be read is no policy, and that is said")
  func unread() throws {
    let machine = machine(policies: [10: "bind:1", 20: "bind:1"])
    let prediction = try run(["predict", "--json", "--policy", "1"], on: machine.tree())
    #expect(try prediction.json["complete"] == false)
    #expect(prediction.errors.contains("The memory policy of 1 process can't be read (numa_maps)"))
  }

  @Test(
    "a policy that limits nothing is refused",
    arguments: [
      (1, "0", "all memory of this machine is on one node"),
      (2, "0-1", "nodes 0-1 are all nodes with memory"), (2, "2", "node 2: no such memory node"),
    ])
  func unlimited(nodes: Int, list: String, message: String) throws {
    let prediction = try run(
      ["predict", "--policy", list], on: machine(nodes: nodes, policies: [:]).tree())
    #expect(prediction.status == .failed)
    #expect(prediction.errors.contains(message), "\(prediction.errors)")
  }

  @Test("kernels to 2.6.35 kill whoever asks")
  func old() throws {
    let prediction = try run(
      ["predict", "--policy", "1"], on: machine(kernel: "2.6.32", policies: [:]).tree())
    #expect(prediction.status == .failed)
    #expect(prediction.errors.contains("kill whoever asks"))
  }
}
