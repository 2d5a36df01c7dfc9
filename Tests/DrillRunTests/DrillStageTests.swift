import Glibc
import Posix
import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import DrillRun
@testable import KillPrediction
@testable import Processes

/// Each in a process of its own, whose other threads do nothing when it is copied.
@Suite("A drill under way")
struct DrillStageTests {
  @Test("has each member take what it is to have, and enter the group")
  func settles() async {
    await #expect(processExitsWith: .success) {
      let drill = try StagedDrill()
      let sizes = try drill.on { stage, hierarchy, _ in
        let before = try stage.members.map { try ProcFS().process($0.id).status.resident?.bytes }
        try stage.settle(in: hierarchy, try DrillWatch())
        let after = try stage.members.map { try ProcFS().process($0.id).status.resident?.bytes }
        return zip(before, after).map { ($1 ?? 0) - ($0 ?? 0) }
      }
      // The last one lets all others run first.
      #expect(try drill.members.map { try ProcFS().process($0.id).stat.nice } == [0, 19])
      for (size, member) in zip(sizes, drill.plan.members) {
        #expect((member.size - 65_536..<member.size + 262_144).contains(size))
      }
      // Written one after the other from the file's beginning; the kernel takes each.
      #expect(
        try text(at: "\(drill.tree.path)/\(StagedDrill.folder)/cgroup.procs")
          .hasPrefix("\(drill.members[1].id)"))
    }
  }

  @Test("ends where a member dies before it has its memory")
  func diesEarly() async {
    await #expect(processExitsWith: .success) {
      let drill = try StagedDrill()
      kill(drill.members[1].id.rawValue, SIGKILL)
      try drill.on { stage, hierarchy, _ in
        let failure = #expect(throws: Failure.self) {
          try stage.settle(in: hierarchy, try DrillWatch())
        }
        #expect(
          failure?.message == "drill-2 couldn't take its memory before the limit was hit"
            || failure?.message == "drill-1 couldn't take its memory before the limit was hit")
        #expect(failure?.advice == "Try it with a higher --limit.")
      }
    }
  }

  @Test("hears answers and deaths, the dead first, and nothing where nothing comes in time")
  func watches() async {
    await #expect(processExitsWith: .success) {
      let drill = try StagedDrill([0, 0, 0], limit: 12 << 20)
      let watch = try DrillWatch()
      #expect(try watch.next(of: drill.members, within: 0) == nil)
      drill.members[1].take(4096)
      #expect(try watch.next(of: drill.members) == .answer(1))
      drill.members[0].take(4096)
      #expect(try watch.next(of: drill.members) == .answer(0))
      drill.members[0].take(4096)
      kill(drill.members[2].id.rawValue, SIGKILL)
      #expect(try watch.next(of: [drill.members[2]]) == .death(0))
      #expect(try watch.next(of: drill.members) == .death(2))
      #expect(try watch.next(of: Array(drill.members.prefix(2))) == .answer(0))
      // Told to end by a signal.
      pthread_kill(pthread_self(), SIGTERM)
      let failure = #expect(throws: Failure.self) { try watch.next(of: drill.members) }
      #expect(failure?.message == "ended by a signal")
    }
  }

  @Test("lets the last one grow up to a step beyond the limit, and no further")
  func neverHit() async {
    await #expect(processExitsWith: .success) {
      // Where nothing counts kills, nobody's death alone tells of one.
      for events in ["oom_kill 0\n", "oom 1\n"] {
        let drill = try StagedDrill(events: events)
        try drill.on { stage, hierarchy, world in
          let before = try ProcFS().process(stage.grower.id).status.resident?.bytes ?? 0
          let failure = #expect(throws: Failure.self) {
            try stage.release(in: hierarchy, try DrillWatch(), world)
          }
          #expect(failure?.message == "the limit was never hit: the kernel gave more than it")
          let after = try ProcFS().process(stage.grower.id).status.resident?.bytes ?? 0
          let most = (drill.plan.growth / drill.plan.step + 2) * drill.plan.step
          #expect((most - 65_536..<most + 196_608).contains(after - before))
        }
      }
    }
  }

  @Test("tells who died, by which signal, and how many kills are counted")
  func killed() async {
    await #expect(processExitsWith: .success) {
      for (events, count, victims) in [
        ("oom_kill 1\n", 1, [0]), ("oom 1\n", nil, [1]), ("oom_kill 0\n", 0, [0]),
        ("oom_kill 2\n", 2, [0, 1]),
      ] as [(String, Int?, [Int])] {
        let drill = try StagedDrill(events: events)
        for victim in victims { Glibc.kill(drill.members[victim].id.rawValue, SIGKILL) }
        try drill.on { stage, hierarchy, world in
          // All are dead before anything is looked at.
          let watch = try DrillWatch()
          for victim in victims {
            #expect(try watch.next(of: [stage.members[victim]]) == .death(0))
          }
          let kill = try stage.release(in: hierarchy, watch, world)
          #expect(kill.dead.sorted() == victims)
          #expect(kill.signals == victims.map { _ in SIGKILL })
          #expect(kill.count == count)
          #expect(!kill.isOrdered && kill.words.isEmpty)
        }
      }
    }
  }

  @Test("has the kernel's own words on it, and from them the order of several")
  func words() async {
    await #expect(processExitsWith: .success) {
      let drill = try StagedDrill(events: "oom_kill 2\n") { $0.files["dev/kmsg"] = .pipe }
      let log = unsafe open("\(drill.tree.path)/dev/kmsg", O_RDWR | O_NONBLOCK)
      var bytes: [UInt8] = []
      for text in [
        "oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/oomctl-drill.47.11,task=drill-2",
        "oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/other,task=drill-2",
        "Memory cgroup out of memory: Killed process 7 (drill-2) total-vm:1kB",
        "Memory cgroup out of memory: Killed process 8 (other) total-vm:1kB",
        "drill-2 (drill-2) has oomctl-drill.47.11",
        "Memory cgroup out of memory: Killed process 9 (drill-1) total-vm:1kB",
      ] {
        bytes += Array("6,1,1,-;\(text)\n".utf8)
      }
      #expect(unsafe write(log, bytes, bytes.count) == bytes.count)
      for member in drill.members { Glibc.kill(member.id.rawValue, SIGKILL) }
      try drill.on { stage, hierarchy, world in
        let watch = try DrillWatch()
        for member in stage.members { #expect(try watch.next(of: [member]) == .death(0)) }
        let kill = try stage.release(in: hierarchy, watch, world)
        #expect(kill.words.map { $0.split(separator: " ").last ?? "" }.count == 3)
        #expect(kill.words.first?.hasSuffix("task=drill-2") == true)
        #expect(kill.words.filter { $0.contains("(other)") || $0.contains("/other") }.isEmpty)
        #expect(kill.dead == [1, 0] && kill.isOrdered)
      }
    }
  }

  @Test("takes a death by another signal for what it is, and an end of its own for none")
  func otherEnds() async {
    await #expect(processExitsWith: .success) {
      // Threads of tests block signals, which members would inherit.
      var none = sigset_t()
      unsafe sigemptyset(&none)
      unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
      let drill = try StagedDrill()
      Glibc.kill(drill.members[0].id.rawValue, SIGTERM)
      try drill.on { stage, hierarchy, world in
        let watch = try DrillWatch()
        #expect(try watch.next(of: [stage.members[0]]) == .death(0))
        #expect(try stage.release(in: hierarchy, watch, world).signals == [SIGTERM])
      }
      let other = try StagedDrill()
      shutdown(other.members[0].channel, CInt(SHUT_WR))
      try other.on { stage, hierarchy, world in
        let watch = try DrillWatch()
        #expect(try watch.next(of: [stage.members[0]]) == .death(0))
        let failure = #expect(throws: Failure.self) {
          try stage.release(in: hierarchy, watch, world)
        }
        #expect(failure?.message == "drill-1 has ended by itself, which it shouldn't")
      }
    }
  }

  @Test("is predicted from what its members have, with all that is left for the last")
  func prediction() async {
    await #expect(processExitsWith: .success) {
      for (adjustments, order) in [
        ([0, 0], [0, 1]), ([0, 900], [1, 0]), ([0, 0, 1000], [2, 0, 1]),
      ] {
        let drill = try StagedDrill(adjustments, limit: 64 << 20)
        let forecast = try drill.forecast()
        #expect(
          forecast.prediction.kills.map(\.victim.id) == order.map { drill.members[$0].id },
          "\(adjustments)")
        #expect(forecast.victim == order[0])
        #expect(forecast.kill(of: order[0])?.step == 1)
      }
      // An adjustment below the floor is refused here: the kernel's files say it all the same.
      let exempt = try StagedDrill([0, 0]) { $0.processes[0].adjustment = -1000 }.forecast()
      #expect(exempt.victim == 1 && exempt.kill(of: 0) == nil)
      // What the last one is yet to take counts for it.
      let drill = try StagedDrill([0, 0], limit: 64 << 20)
      let last = try #require(try drill.forecast().kill(of: 1)?.victim.footprint)
      #expect((20 << 20..<40 << 20).contains(last))
    }
  }
}
