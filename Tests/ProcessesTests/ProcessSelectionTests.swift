import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("A selection of processes")
struct ProcessSelectionTests {
  /// 10 with children 11 and 12, whose child is 13; 20 is alone.
  private func tree() throws -> FixtureTree {
    let all = [(10, 1, 0), (11, 10, 120), (12, 10, 1000), (13, 12, 1000), (20, 1, 0)]
    return try FixtureMachine(
      processes: all.map { id, parent, user in
        FixtureProcess(id, "p\(id)", resident: 10).with {
          $0.parent = parent
          $0.user = user
          $0.cgroup = "0::/system.slice/u\(id).service\n"
          $0.words = ["/opt/w\(id)", "-x"]
        }
      }
    ).tree()
  }

  private func selected(
    user: UInt32 = 0, _ change: (inout SelectionOptions) throws -> Void
  ) throws -> [Int32] {
    var options = SelectionOptions()
    try change(&options)
    return try tree().withWorld(user: user) { world in
      let selection = try ProcessSelection(options, users: Users(in: world), in: world)
      let machine = Machine(world, options: MachineOptions())
      let list = try ProcessList(
        on: machine, needs: selection.needs, isScored: false, in: world.proc)
      return selection.selected(from: list.subjects).map(\.id.rawValue)
    }
  }

  @Test("without a request is all of them")
  func all() throws { #expect(try selected { _ in } == [10, 11, 12, 13, 20]) }

  @Test(
    "is by each kind of value, with only the files that it needs",
    arguments: [
      (["10"], [10]), (["p11"], [11]), (["w12"], [12]), (["p11", "20", "p12"], [11, 12, 20]),
      (["x"], []), (["99"], []),
    ])
  func words(words: [String], expected: [Int32]) throws {
    #expect(
      try selected { $0.operands = words.compactMap { ProcessWord(argument: $0) } } == expected)
  }

  @Test("is by patterns, programs, users, cgroups, units and parents")
  func kinds() throws {
    #expect(try selected { $0.patterns = [try #require(.init(argument: "w1[12] "))] } == [11, 12])
    #expect(try selected { $0.programs = [try #require(.init(argument: "/usr/bin/p13"))] } == [13])
    #expect(try selected { $0.users = [try #require(.init(argument: "app"))] } == [11])
    #expect(
      try selected {
        $0.users = ["app", "1000"].compactMap { UserName(argument: $0) }
      } == [11, 12, 13])
    #expect(
      try selected { $0.cgroups = [CgroupPath("/system.slice/u20.service")] } == [20])
    #expect(try selected { $0.units = [try #require(.init(argument: "u10"))] } == [10])
    #expect(try selected { $0.parents = [try #require(.init(argument: "10"))] } == [11, 12])
    #expect(try selected { $0.names = [try #require(.init(argument: "p20"))] } == [20])
    #expect(try selected { $0.ids = [try #require(.init(argument: "13"))] } == [13])
  }

  @Test("is the caller's own where that is asked for")
  func mine() throws {
    #expect(try selected(user: 1000) { $0.isMine = true } == [12, 13])
    #expect(try selected { $0.isMine = true } == [10, 20])
  }

  @Test("needs all kinds that are given to match")
  func together() throws {
    #expect(
      try selected {
        $0.users = [try #require(.init(argument: "1000"))]
        $0.parents = [try #require(.init(argument: "10"))]
      } == [12])
    #expect(
      try selected {
        $0.operands = [try #require(.init(argument: "11"))]
        $0.users = [try #require(.init(argument: "1000"))]
      } == [])
  }

  @Test("may take along descendants")
  func descendants() throws {
    #expect(
      try selected {
        $0.operands = [try #require(.init(argument: "12"))]
        $0.withDescendants = true
      } == [12, 13])
    #expect(
      try selected {
        $0.names = [try #require(.init(argument: "p10"))]
        $0.withDescendants = true
      } == [10, 11, 12, 13])
    #expect(try selected { $0.withDescendants = true } == [10, 11, 12, 13, 20])
  }

  private func selection<Result>(
    user: UInt32 = 0, _ change: (inout SelectionOptions) -> Void,
    _ body: (ProcessSelection, borrowing World) throws -> Result
  ) throws -> Result {
    var options = SelectionOptions()
    change(&options)
    return try tree().withWorld(user: user) { world in
      try body(ProcessSelection(options, users: Users(in: world), in: world), world)
    }
  }

  @Test("asks only for the files that show who is meant")
  func needs() throws {
    let cases: [((inout SelectionOptions) -> Void, ProcessSnapshot.Fields)] = [
      ({ _ in }, []), ({ $0.ids = [.init(argument: "7")].compactMap { $0 } }, []),
      (
        { $0.names = [.init(argument: "x")].compactMap { $0 } },
        [.status, .executable, .commandLine]
      ),
      ({ $0.patterns = [.init(argument: "x")].compactMap { $0 } }, .commandLine),
      (
        { $0.programs = [.init(argument: "/x")].compactMap { $0 } }, [.executable, .executableFile]
      ),
      ({ $0.isMine = true }, .status), ({ $0.cgroups = [CgroupPath("/")] }, .cgroups),
      ({ $0.units = [.init(argument: "x")].compactMap { $0 } }, [.cgroups, .status]),
      ({ $0.parents = [.init(argument: "7")].compactMap { $0 } }, .stat),
      ({ $0.withDescendants = true }, .stat),
    ]
    for (index, (change, needs)) in cases.enumerated() {
      #expect(try selection(change) { found, _ in found.needs } == needs, "\(index)")
      let isEmpty = try selection(change) { found, _ in found.isEmpty }
      #expect(isEmpty == [0, 9].contains(index), "\(index)")
      var options = SelectionOptions()
      change(&options)
      #expect(options.isEmpty == [0, 9].contains(index), "\(index)")
      let isNumbers = try selection(change) { found, _ in found.isNumbersOnly }
      #expect(isNumbers == (index == 1), "\(index)")
    }
  }

  @Test("of numbers alone is no longer that with a name, or with descendants")
  func numbersOnly() throws {
    let give = { (options: inout SelectionOptions) in
      options.operands = [.init(argument: "7")].compactMap { $0 }
    }
    #expect(try selection(give) { found, _ in found.isNumbersOnly })
    #expect(
      try !selection {
        give(&$0)
        $0.withDescendants = true
      } _: { found, _ in
        found.isNumbersOnly
      })
    #expect(
      try !selection {
        give(&$0)
        $0.names = [.init(argument: "x")].compactMap { $0 }
      } _: { found, _ in
        found.isNumbersOnly
      })
  }

  @Test("is of values, each of which may be looked at alone")
  func values() throws {
    try selection { options in
      options.operands = ["7", "a", "b"].compactMap { ProcessWord(argument: $0) }
      options.ids = ["8"].compactMap { .init(argument: $0) }
      options.names = ["c"].compactMap { .init(argument: $0) }
      options.patterns = ["d"].compactMap { .init(argument: $0) }
      options.programs = ["/e"].compactMap { .init(argument: $0) }
      options.users = ["alice", "app"].compactMap { .init(argument: $0) }
      options.isMine = true
      options.cgroups = [CgroupPath("/f")]
      options.units = ["g"].compactMap { .init(argument: $0) }
      options.parents = ["9"].compactMap { .init(argument: $0) }
    } _: { found, _ in
      #expect(
        found.values.map(\.words) == [
          "'a'", "'b'", "'c'", "--match 'd'", "--exe /e", "--user alice", "--user app",
          "--cgroup /f", "--unit g.service", "--parent 9",
        ])
      #expect(found.parts.map(\.words) == found.values.map(\.words) + ["8", "7"])
      #expect(
        found.words
          == "7 'a' 'b' 8 'c' --match 'd' --exe /e --user alice --user app --mine --cgroup /f "
          + "--unit g.service --parent 9")
      #expect(found.bareNames == ["a", "b"] && found.names == ["c", "a", "b"])
      #expect(found.numbers.map(\.id.rawValue) == [8, 7])
      #expect(found.unitNames == ["g.service"] && found.programPaths == ["/e"])
    }
  }

  @Test("of one value has no parts, and of users only the value's own")
  func parts() throws {
    let one = try selection {
      $0.names = ["c"].compactMap { .init(argument: $0) }
    } _: { found, _ in
      found.parts.count
    }
    #expect(one == 0)
    let two = try selection {
      $0.ids = ["7", "8"].compactMap { .init(argument: $0) }
    } _: {
      found, _ in
      found.parts.count
    }
    #expect(two == 2)
    let record = { (user: UInt32) in
      ProcessSnapshot.with { _, status in status.effectiveUserID = user }
    }
    let means = try selection {
      $0.users = ["alice", "app"].compactMap { .init(argument: $0) }
      $0.isMine = true
    } _: { found, _ in
      found.values.map { value in [0, 120, 1000].map { value.means(record($0)) } }
    }
    #expect(means == [[false, false, true], [false, true, false]])
  }

  @Test("of programs has in each part one of them")
  func programs() throws {
    let means = try selection {
      $0.programs = ["/a", "/b"].compactMap { .init(argument: $0) }
    } _: { found, _ in
      found.values.map { value in
        ["/a", "/b"].map { value.means(.named("x", executable: $0)) }
      }
    }
    #expect(means == [[true, false], [false, true]])
  }

  @Test("refuses a user that there isn't")
  func noUser() throws {
    #expect(throws: Failure.self) {
      try selection {
        $0.users = ["nobody-here"].compactMap { .init(argument: $0) }
      } _: { _, _ in
      }
    }
  }

  @Test("speaks of users who are named, and of the caller unless that is root")
  func spoken() throws {
    let named = { (options: inout SelectionOptions) in
      options.users = ["app"].compactMap { .init(argument: $0) }
    }
    #expect(try selection(named) { found, _ in found.spokenUsers } == [120])
    #expect(try selection(user: 1000, named) { found, _ in found.spokenUsers } == [120, 1000])
    #expect(try selection(user: 1000, { _ in }, { found, _ in found.spokenUsers }) == [1000])
  }

  @Test("means a user's own unit only together with the user")
  func userUnit() throws {
    let record = ProcessSnapshot.with { record, status in
      status.effectiveUserID = 1000
      record.cgroups = .two("/user.slice/user@1000.service/x.service")
    }
    let give = { (options: inout SelectionOptions) in
      options.units = ["x"].compactMap { .init(argument: $0) }
    }
    #expect(try !selection(give) { found, _ in found.means(record) })
    #expect(try selection(user: 1000, give) { found, _ in found.means(record) })
    #expect(try !selection(user: 120, give) { found, _ in found.means(record) })
    #expect(
      try selection {
        $0.units = ["user@1000.service"].compactMap { .init(argument: $0) }
      } _: { found, _ in
        found.means(record)
      })
  }

  @Test("may mean nothing but units")
  func unitsOnly() throws {
    let units = { (options: inout SelectionOptions) in
      options.units = ["a", "b"].compactMap { .init(argument: $0) }
    }
    let known = ["a.service", "b.service", "c.service"]
    #expect(try selection(units) { found, _ in found.meansOnly(units: known) })
    #expect(try !selection(units) { found, _ in found.meansOnly(units: ["a.service"]) })
    #expect(
      try !selection {
        units(&$0)
        $0.isMine = true
      } _: { found, _ in
        found.meansOnly(units: known)
      })
  }

  @Test("misses numbers that belong to none, each once")
  func missing() throws {
    try selection {
      $0.operands = ["10", "98", "99", "98"].compactMap { ProcessWord(argument: $0) }
    } _: { found, world in
      var missing = try found.missingNumbers(in: world)
      #expect(missing.absentees.map(\.words) == ["98", "99"] && !missing.isEmpty)
      missing.addVanished(found.numbers, from: [])
      #expect(missing.absentees.map(\.words) == ["98", "99", "10"])
      #expect(missing.remarks.count == 3)
    }
    try selection {
      $0.operands = ["10"].compactMap { ProcessWord(argument: $0) }
    } _: {
      found, world in
      var missing = try found.missingNumbers(in: world)
      #expect(missing.isEmpty)
      missing.addVanished(found.numbers, from: [try .unjudged(.named("x", id: 10))])
      #expect(missing.isEmpty)
    }
  }

  @Test("refuses the number of a thread, and an inode that nothing shows here")
  func refused() throws {
    let machine = FixtureMachine(
      processes: [FixtureProcess(10, "p", resident: 1)],
      files: ["proc/11/status": "Name:\tp\nState:\tS\nTgid:\t10\nPid:\t11\nUid:\t0\t0\t0\t0\n"])
    let tree = try machine.tree()
    let world = try tree.world()
    let number = { (text: String) throws in try #require(ProcessNumber(argument: text)) }
    #expect(try number("10").absence(in: world) == nil)
    #expect(try number("12").absence(in: world) != nil)
    #expect(throws: Failure.self) { try number("11").absence(in: world) }
    #expect(throws: Failure.self) { try number("10:5").absence(in: world) }
  }

  @Test("names what matched nothing: all of it, or each value beside others")
  func unmatched() throws {
    try selection {
      $0.operands = ["p10", "x", "x", "y"].compactMap { ProcessWord(argument: $0) }
    } _: { found, _ in
      let subjects = [try ScoredProcess.unjudged(.named("p10"))]
      #expect(found.unmatched(from: subjects, isVoid: false).map(\.words) == ["'x'", "'y'"])
      #expect(found.unmatched(from: subjects, isVoid: true).map(\.words) == [found.words])
    }
    try selection {
      $0.operands = ["x"].compactMap { ProcessWord(argument: $0) }
    } _: { found, _ in
      #expect(found.unmatched(from: [], isVoid: false).isEmpty)
    }
    try selection {
      $0.operands = ["7", "x"].compactMap { ProcessWord(argument: $0) }
    } _: {
      found, _ in
      #expect(found.unmatched(from: [], isVoid: false).map(\.words) == ["'x'"])
    }
  }
}
