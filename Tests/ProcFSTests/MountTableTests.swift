import Testing

@testable import ProcFS

@Suite("A table of mounts")
struct MountTableTests {
  @Test(
    "has the mounts, whatever optional fields they have",
    arguments: ["", " shared:1", " master:2 propagate_from:3", " shared:1 master:2 unbindable"])
  func ordinary(fields: String) throws {
    let text = "36 35 98:0 /part /mnt rw,noatime\(fields) - ext3 /dev/root rw,errors=continue\n"
    let expected = MountTable.Mount(
      source: "/part", mountPoint: "/mnt", type: "ext3",
      options: ["rw", "noatime", "rw", "errors=continue"])
    #expect(try #require(MountTable(text: text)).mounts == [expected])
  }

  @Test(
    "has any name",
    arguments: [
      (#"/a\040b"#, "/a b"), (#"/a\011\012\134"#, "/a\t\n\\"), (#"/\303\251"#, "/é"), ("/é", "/é"),
      (#"/a\04"#, #"/a\04"#), (#"/a\999"#, #"/a\999"#), (#"/a\777"#, #"/a\777"#),
      (#"/\377"#, "/\u{fffd}"),
      (#"/a\"#, #"/a\"#), ("/-", "/-"), ("-", "-"),
    ])
  func names(word: String, expected: String) throws {
    let table = try #require(MountTable(text: "1 2 0:3 \(word) \(word) rw - tmpfs none rw\n"))
    #expect(table.mounts.map(\.mountPoint) == [expected])
    #expect(table.mounts.map(\.source) == [expected] && table.mounts.map(\.type) == ["tmpfs"])
  }

  @Test(
    "has any device",
    arguments: ["none", "", "-", "a-b", "\u{301}x", "\u{200d}"])
  func devices(name: String) throws {
    let table = try #require(MountTable(text: "1 2 0:3 / /mnt ro - tmpfs \(name) rw,size=1k\n"))
    #expect(table.mounts.map(\.type) == ["tmpfs"])
    #expect(table.mounts.map(\.options) == [["ro", "rw", "size=1k"]])
  }

  @Test("has options of its own, and of its file system where these are told")
  func options() throws {
    for (rest, expected) in [
      ("x rw,a", ["ro", "rw", "a"]), ("x", ["ro"]), ("x rw y", ["ro", "rw"]),
    ] {
      let table = try #require(MountTable(text: "1 2 0:3 / /mnt ro - tmpfs \(rest)\n"))
      #expect(table.mounts.map(\.options) == [expected])
    }
  }

  @Test(
    "is refused where a line is none",
    arguments: [
      "\n", "36\n", "36 35 98:0 / /mnt rw\n", "36 35 98:0 / /mnt rw ext3 /dev/root rw x y\n",
      "36 35 98:0 / /mnt rw a b -", "1 2 0:3 / / rw - tmpfs none rw\n\n", "\0",
    ])
  func malformed(text: String) {
    #expect(MountTable(text: text) == nil)
  }

  @Test("may be empty")
  func empty() throws {
    let table = try #require(MountTable(text: ""))
    #expect(table.mounts == [] && table.memoryCgroup == nil && table.proc == nil)
  }
}

@Suite("Among the mounts")
struct MountChoiceTests {
  static let unified = "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n"
  static let pids = "1 2 0:4 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n"
  static let memory = "1 2 0:5 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"

  @Test(
    "the memory cgroups are those of version 1, else those of version 2",
    arguments: [
      (unified, "/sys/fs/cgroup"), (memory, "/sys/fs/cgroup/memory"), (pids, nil),
      (unified + pids + memory, "/sys/fs/cgroup/memory"), (pids + unified, "/sys/fs/cgroup"),
    ] as [(String, String?)])
  func memoryCgroup(text: String, expected: String?) throws {
    #expect(try #require(MountTable(text: text)).memoryCgroup?.mountPoint == expected)
  }

  @Test("the proc file system is the last one at its place")
  func proc() throws {
    let text = """
      1 2 0:3 / /proc rw - proc proc rw
      1 2 0:4 / /proc rw,nosuid - proc proc rw,hidepid=invisible
      1 2 0:4 /sys /proc/sys ro - proc proc rw
      1 2 0:5 / /jail/proc rw - proc proc rw
      1 2 0:6 / /proc rw - tmpfs proc rw

      """
    let proc = try #require(MountTable(text: text)?.proc)
    #expect(proc.options == ["rw", "nosuid", "rw", "hidepid=invisible"])
  }

  @Test(
    "what hides processes is known",
    arguments: [
      ("rw", nil, false), ("rw,hidepid=0", nil, false), ("rw,hidepid=off", nil, false),
      ("rw,hidepid=2", "hidepid=2", false), ("rw,hidepid=ptraceable", "hidepid=ptraceable", false),
      ("rw,subset=pid", nil, true), ("rw,hidepid=invisible,subset=pid", "hidepid=invisible", true),
    ] as [(String, String?, Bool)])
  func hiding(options: String, hiding: String?, showsProcessesOnly: Bool) throws {
    let text = "1 2 0:3 / /proc rw - proc proc \(options)\n"
    let proc = try #require(MountTable(text: text)?.proc)
    #expect(proc.hiding == hiding && proc.showsProcessesOnly == showsProcessesOnly)
  }
}
