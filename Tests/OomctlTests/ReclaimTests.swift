import ProgramSupport
import TestSupport
import Testing

@testable import oomctl

@Suite("Once reclaim has done its work")
struct ReclaimTests {
  private func process(
    _ id: Int, _ name: String, own: Int, file: Int, shared: Int = 0, locked: Int = 0
  ) -> FixtureProcess {
    FixtureProcess(id, name, resident: own + file + shared).with {
      $0.memory?.file = file
      $0.memory?.shared = shared
      $0.memory?.locked = locked
    }
  }

  private func machine(
    _ processes: [FixtureProcess], swapFree: Int = 0, shared: Int = 0
  ) -> FixtureMachine {
    FixtureMachine.server.with {
      $0.swap = swapFree > 0 ? 262_144 : 0
      $0.processes = [$0[1], $0[2]] + processes
      $0.files["proc/meminfo"] = .file(
        Array(
          ("MemTotal: \($0.ram * 4) kB\nMemFree: 1000 kB\nShmem: \(shared * 4) kB\n"
            + "SwapTotal: \($0.swap * 4) kB\nSwapFree: \(swapFree * 4) kB\n").utf8))
    }
  }

  private func first(_ words: [String], _ machine: FixtureMachine) throws -> JSON {
    let json = try run(["predict", "--json"] + words, on: machine.tree()).json
    return try json["kills"].elements[0]["victim"]["pid"]
  }

  @Test("mapped files count for nobody")
  func files() throws {
    let machine = machine([
      process(10, "mapper", own: 1000, file: 15000), process(11, "owner", own: 10000, file: 0),
    ])
    #expect(try first([], machine) == 10)
    #expect(try first(["--now"], machine) == 10)
    #expect(try first(["--reclaimed"], machine) == 11)
    let page = try run(["predict"], on: machine.tree())
    #expect(page.output.contains("Next to die: mapper[10]"))
    #expect(
      page.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "swapped shared memory out, owner[11] is first"))
    let json = try run(["predict", "--json"], on: machine.tree()).json
    #expect(try json["state"] == "now")
    #expect(try json["reclaimed"]["kills"].elements[0]["victim"]["pid"] == 11)
  }

  @Test("what is locked stays", arguments: [(0, 11), (16000, 10)])
  func locked(pages: Int, victim: Int) throws {
    let machine = machine([
      process(10, "mapper", own: 1000, file: 15000, locked: pages),
      process(11, "owner", own: 10000, file: 0),
    ])
    #expect(try first(["--reclaimed"], machine) == .number("\(victim)"))
  }

  @Test("shared memory is out as far as swap goes", arguments: [(0, 10), (15000, 11), (3000, 10)])
  func shared(room: Int, victim: Int) throws {
    let machine = machine(
      [
        process(10, "sharer", own: 1000, file: 0, shared: 15000),
        process(11, "owner", own: 10000, file: 0),
      ], swapFree: room, shared: 15000)
    #expect(try first(["--reclaimed"], machine) == .number("\(victim)"))
  }

  @Test("who may come first by what goes to swap is told, and where all of it can go nobody")
  func rivals() throws {
    let processes = [
      process(10, "sharer", own: 1000, file: 0, shared: 15000),
      process(11, "owner", own: 10000, file: 0), process(12, "small", own: 2000, file: 0),
    ]
    func page(_ room: Int) throws -> (first: JSON, rivals: [JSON], text: String) {
      let tree = try machine(processes, swapFree: room, shared: 15000).tree()
      let first = try run(["predict", "--json", "--reclaimed"], on: tree).json["kills"].elements[0]
      let text = run(["predict", "--reclaimed"], on: tree).output
      return try (
        first["victim"]["pid"], first["rivals"].elements,
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      )
    }
    let part = try page(3000)
    #expect(part.first == 10)
    #expect(part.rivals == [])
    let half = try page(8000)
    #expect(half.first == 11)
    #expect(half.rivals == [10])
    #expect(half.text.contains("sharer[10] may come before owner[11]"))
    let all = try page(15000)
    #expect(all.first == 11)
    #expect(all.rivals == [])
    #expect(!all.text.contains("may come before"))
  }

  @Test("nothing differs where nothing is mapped, and then nothing is said")
  func same() throws {
    let machine = machine([process(10, "one", own: 1000, file: 0)])
    #expect(try !run(["predict"], on: machine.tree()).output.contains("reclaim"))
  }

  @Test("the metrics name the victim of that order")
  func metrics() throws {
    var mapper = process(10, "mapper", own: 1000, file: 15000)
    mapper.cgroup = "0::/system.slice/mapper.service\n"
    var owner = process(11, "owner", own: 10000, file: 0)
    owner.cgroup = "0::/system.slice/owner.service\n"
    let page = try run(["metrics"], on: machine([mapper, owner]).tree()).output
    #expect(page.contains("oomctl_next_victim_info{unit=\"owner.service\""))
  }
}
