import Badness
import CgroupFS
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import KillPrediction
@testable import Processes

@Suite("The part of memory that is short")
struct DomainTests {
  private func domain(
    _ shortage: Badness.Shortage, path: String? = nil, members: PolicyMembers? = nil,
    isHierarchical: Bool = true
  ) -> Domain {
    var limits = CgroupLimits()
    limits.isHierarchical = isHierarchical
    return Domain(
      shortage: shortage, path: path, capacity: MemoryCapacity(ram: 1000), limits: limits,
      policyMembers: members)
  }

  private func record(nodes: String?, group: String?) -> ProcessSnapshot {
    var status = ProcessStatus()
    status.allowedNodes = nodes
    let cgroups = group.flatMap { ProcessCgroups(parsing: Array("0::\($0)\n".utf8).span) }
    return ProcessSnapshot(id: ProcessID(7), status: status, cgroups: cgroups)
  }

  @Test("has words for programs")
  func words() throws {
    let members = try FixtureWorld.with { world in
      try PolicyMembers(of: #require(NodeList("0")), on: nil, in: world)
    }
    let all = [
      domain(.system), domain(.nodes, path: "0-1"), domain(.nodes, path: "1", members: members),
      domain(.memoryCgroup, path: "/a"),
    ]
    #expect(all.map(\.kind) == ["system", "nodes", "nodes", "memcg"])
    #expect(all.map(\.constraint) == ["none", "cpuset", "memory_policy", "memcg"])
    #expect(all.map { $0.nodes?.numbers } == [nil, [0, 1], [1], nil])
  }

  @Test(
    "of nodes contains those that may use one of them, or don't say",
    arguments: [
      ("0", false), ("1", true), ("0-3", true), ("2,5", true), ("3-9", false), (nil, true),
      ("x", true),
    ] as [(String?, Bool)])
  func nodes(allowed: String?, isIn: Bool) {
    #expect(domain(.nodes, path: "1-2").contains(record(nodes: allowed, group: nil)) == isIn)
    #expect(domain(.system).contains(record(nodes: allowed, group: nil)))
  }

  @Test(
    "of a group contains its members and those below, unless they don't count there",
    arguments: [
      ("/a", true, true), ("/a/b", true, false), ("/ab", false, false), ("/", false, false),
      (nil, false, false),
    ] as [(String?, Bool, Bool)])
  func groups(group: String?, isIn: Bool, isInAlone: Bool) {
    let record = record(nodes: nil, group: group)
    #expect(domain(.memoryCgroup, path: "/a").contains(record) == isIn)
    let alone = domain(.memoryCgroup, path: "/a", isHierarchical: false)
    #expect(alone.contains(record) == isInAlone)
    #expect(!domain(.memoryCgroup).contains(record))
  }

  private func zones(_ nodes: [(node: Int, pages: Int)]) -> FixtureMachine {
    FixtureMachine.two().with(
      nodes.map { node, pages in
        FixtureZone(
          node: node, name: "Normal", free: 5, min: 1, low: 2, high: 3, managed: pages)
      })
  }

  @Test("of nodes is measured by their pages and all swap, and must be there")
  func capacity() throws {
    let tree = try zones([(0, 1000), (1, 2000), (2, 4000)]).tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let capacity = try #require(machine.capacity)
    let some = try Domain.nodes(#require(NodeList("0,2")), on: machine, capacity, in: world)
    #expect(some.capacity.ram == 5000 && some.capacity.swap == capacity.swap)
    #expect(some.path == "0,2" && some.shortage == .nodes)
    #expect(throws: Failure.self) {
      try Domain.nodes(#require(NodeList("0,3")), on: machine, capacity, in: world)
    }
  }

  @Test("of a memory policy isn't that of all nodes with memory, nor of kernels before 2.6.36")
  func policy() throws {
    let cases: [([(Int, Int)], String, Bool)] = [
      ([(0, 1000), (1, 2000)], "0", true), ([(0, 1000), (1, 2000)], "0-1", false),
      ([(0, 1000), (1, 0)], "0", false), ([(0, 1000)], "0", false),
    ]
    for (nodes, list, isPossible) in cases {
      let tree = try zones(nodes.map { (node: $0.0, pages: $0.1) }).tree()
      let world = try World(root: tree.path, environment: Environment())
      let machine = Machine(world, options: MachineOptions())
      let capacity = try #require(machine.capacity)
      let list = try #require(NodeList(list))
      let domain = try? Domain.policy(list, on: machine, capacity, in: world)
      #expect((domain?.policyMembers != nil) == isPossible)
      var old = machine
      old.kernel = KernelVersion(2, 6, 35)
      #expect(throws: Failure.self) { try Domain.policy(list, on: old, capacity, in: world) }
      old.kernel = KernelVersion(2, 6, 36)
      #expect((try? Domain.policy(list, on: old, capacity, in: world)) != nil || !isPossible)
    }
  }

  @Test("of a group is its limit with swap, and needs one")
  func limits() throws {
    let fixture = FixtureMachine.two().with {
      $0.files["sys/fs/cgroup/a/memory.max"] = "40960\n"
      $0.files["sys/fs/cgroup/a/memory.swap.max"] = "8192\n"
      $0.files["sys/fs/cgroup/b/memory.max"] = "max\n"
      $0.files["proc/sys/vm/swappiness"] = "1\n"
    }
    do {
      let tree = try fixture.tree()
      let world = try World(root: tree.path, environment: Environment())
      let machine = Machine(world, options: MachineOptions())
      let capacity = try #require(machine.capacity)
      let own = try Domain.memoryCgroup("/a", limit: nil, on: machine, capacity, in: world)
      #expect(own.capacity.total == 12 && own.limits?.memory == 40_960 && own.unseenCount == 0)
      let supposed = try Domain.memoryCgroup("/b", limit: 8192, on: machine, capacity, in: world)
      #expect(supposed.capacity.ram == 2 && supposed.limits?.memory == 8192)
      #expect(throws: Failure.self) {
        try Domain.memoryCgroup("/b", limit: nil, on: machine, capacity, in: world)
      }
    }
    let tree = try fixture.with { $0.files["proc/sys/vm/swappiness"] = "0\n" }.tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let capacity = try #require(machine.capacity)
    let own = try Domain.memoryCgroup("/a", limit: nil, on: machine, capacity, in: world)
    #expect(own.capacity.total == 10)
  }

  @Test("in a PID namespace knows how many of a group's processes aren't seen")
  func unseen() throws {
    let fixture = FixtureMachine.two().with {
      $0.files["proc/self/ns/pid"] = .link("pid:[4026532000]")
      $0.files["sys/fs/cgroup/a/memory.max"] = "40960\n"
      $0.files["sys/fs/cgroup/a/cgroup.procs"] = "0\n10\n0\n"
      $0.files["sys/fs/cgroup/a/b/cgroup.procs"] = "0\n"
    }
    do {
      let tree = try fixture.tree()
      let world = try World(root: tree.path, environment: Environment())
      let machine = Machine(world, options: MachineOptions())
      let capacity = try #require(machine.capacity)
      let own = try Domain.memoryCgroup("/a", limit: nil, on: machine, capacity, in: world)
      #expect(own.unseenCount == 3)
    }
    let one = FixtureMachine.two().with {
      $0.files["proc/self/ns/pid"] = .link("pid:[4026532000]")
      $0.files["sys/fs/cgroup/memory/a/memory.limit_in_bytes"] = "40960\n"
    }
    let tree = try one.tree()
    let world = try World(root: tree.path, environment: Environment())
    let machine = Machine(world, options: MachineOptions())
    let capacity = try #require(machine.capacity)
    let own = try Domain.memoryCgroup("/a", limit: nil, on: machine, capacity, in: world)
    #expect(own.unseenCount == nil)
  }
}

@Suite("A memory policy")
struct MemoryPolicyTests {
  @Test(
    "counts where its nodes are among those that are short; interleaved ones do always from 5.14 on",
    arguments: [
      ("default", KernelVersion?.some(.init(6, 1)), true), ("bind:0-1", .init(6, 1), true),
      ("bind:2", .init(6, 1), false), ("bind:1,5", .init(6, 1), true),
      ("interleave:2", .init(6, 1), true), ("interleave:2", .init(5, 14), true),
      ("interleave:2", .init(5, 13), false), ("interleave:1", .init(5, 13), true),
      ("interleave:2", nil, true), ("prefer:2", .init(5, 13), true),
    ])
  func allows(text: String, kernel: KernelVersion?, isIn: Bool) throws {
    let line = "7f0000000000 \(text) anon=1 dirty=1 N0=1 kernelpagesize_kB=4\n"
    let fixture = FixtureMachine.two().with {
      $0.files["proc/10/numa_maps"] = .file(Array(line.utf8))
    }
    let tree = try fixture.tree()
    let world = try World(root: tree.path, environment: Environment())
    let members = try PolicyMembers(of: #require(NodeList("1")), on: kernel, in: world)
    #expect(members.contains(ProcessID(10)) == isIn)
    #expect(members.contains(ProcessID(11)) && members.unknown.contains(ProcessID(11)))
    #expect(!members.unknown.contains(ProcessID(10)))
  }

  @Test("of one thread is enough")
  func threads() throws {
    let line = { (policy: String) -> FixtureTree.Entry in
      .file(Array("7f0000000000 \(policy) anon=1 N0=1 kernelpagesize_kB=4\n".utf8))
    }
    for (second, isIn) in [("bind:1", true), ("bind:3", false)] {
      let fixture = FixtureMachine.two().with {
        $0.files["proc/10/numa_maps"] = line("bind:2")
        $0.files["proc/10/task/10/numa_maps"] = line("bind:2")
        $0.files["proc/10/task/12/numa_maps"] = line(second)
      }
      let tree = try fixture.tree()
      let world = try World(root: tree.path, environment: Environment())
      let members = try PolicyMembers(
        of: #require(NodeList("1")), on: KernelVersion(6, 1), in: world)
      #expect(members.contains(ProcessID(10)) == isIn)
    }
  }
}
