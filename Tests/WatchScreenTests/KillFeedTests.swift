import ProcFS
import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import WatchScreen

@Suite("Kills")
struct KillFeedTests {
  @Test("are told by the counts where no log can be read, and where they were by the group's own")
  func counts() throws {
    let group = "sys/fs/cgroup/system.slice/app.service"
    let machine = FixtureMachine.server.with {
      $0.files["\(group)/memory.events.local"] = "low 0\noom 0\noom_kill 5\n"
    }
    let tree = try machine.tree()
    let world = try World(root: tree.path, environment: Environment())
    var feed = KillFeed(in: world)
    #expect(feed.descriptor == nil)
    feed.watch(["/system.slice/app.service", "/gone"], in: world)
    #expect(feed.count(2, at: 10, in: world).isEmpty)
    #expect(feed.count(2, at: 11, in: world).isEmpty)
    try tree.add("oom_kill 6\n", at: "\(group)/memory.events.local")
    #expect(
      feed.count(4, at: 12, in: world) == [
        SeenKill(time: 12, cgroup: "/system.slice/app.service"), SeenKill(time: 12),
      ])
    #expect(feed.count(nil, at: 13, in: world).isEmpty)
    #expect(feed.count(3, at: 14, in: world).isEmpty)
    #expect(feed.count(1_000_000, at: 15, in: world).count == 20)
  }
}
