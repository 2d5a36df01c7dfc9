import Configuration
import TestSupport
import Testing

/// Files as somebody may have them, and what both readers make of them. The keys are those of no kernel.
struct SysctlCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  /// By folder and name; `etc/50.conf` is `/etc/sysctl.d/50.conf`, and `sysctl.conf` is in `/etc`.
  let files: [String: FixtureTree.Entry]
  let expected: [SysctlReader: [String: String]]

  /// The files below `/proc/sys` that there are.
  static let keys = ["lab/a", "lab/b", "lab/ab", "lab/net/eth0.1/x"]

  static let folders = [
    "etc": "/etc/sysctl.d", "run": "/run/sysctl.d", "local": "/usr/local/lib/sysctl.d",
    "lib": "/usr/lib/sysctl.d",
  ]

  /// - Parameter both: What is written to which key.
  init(
    _ description: String, _ files: [String: FixtureTree.Entry], both: [String: String]
  ) {
    self.init(description, files, systemd: both, procps: both)
  }

  init(
    _ description: String, _ files: [String: FixtureTree.Entry], systemd: [String: String],
    procps: [String: String]
  ) {
    testDescription = description
    self.files = files
    expected = [.systemd: systemd, .procps: procps]
  }

  /// The same for a single file.
  init(_ description: String, _ text: String, both: [String: String]) {
    self.init(description, ["etc/50.conf": .file(Array(text.utf8))], both: both)
  }

  init(
    _ description: String, _ text: String, systemd: [String: String], procps: [String: String]
  ) {
    self.init(
      description, ["etc/50.conf": .file(Array(text.utf8))], systemd: systemd, procps: procps)
  }

  var configuration: SysctlConfiguration {
    SysctlConfiguration(
      files.map { path, entry in
        let parts = path.split(separator: "/")
        let bytes: [UInt8] = if case .file(let bytes) = entry { bytes } else { [] }
        return .init(
          folder: parts.count > 1 ? Self.folders[String(parts[0])] ?? "" : "/etc",
          name: String(parts.last ?? ""), bytes: bytes)
      })
  }
}

extension SysctlCase {
  static let all = order + lines + names + patterns + differences

  private static let order: [SysctlCase] = [
    .init("nothing", [:], both: [:]),
    .init("one line", "lab.a = 1", both: ["lab/a": "1"]),
    .init("the last line wins", "lab.a=1\nlab.b=2\nlab.a=3", both: ["lab/a": "3", "lab/b": "2"]),
    .init(
      "the later name wins whatever its folder",
      ["etc/10.conf": "lab.a=1", "lib/20.conf": "lab.a=2"], both: ["lab/a": "2"]),
    .init(
      "names are compared as bytes",
      [
        "etc/9.conf": "lab.a=1", "etc/10.conf": "lab.a=2", "etc/Z.conf": "lab.b=1",
        "etc/a.conf": "lab.b=2",
      ],
      both: ["lab/a": "1", "lab/b": "2"]),
    .init(
      "/etc hides all others of the name",
      ["etc/50.conf": "lab.a=1", "run/50.conf": "lab.a=2\nlab.b=2", "lib/50.conf": "lab.ab=3"],
      both: ["lab/a": "1"]),
    .init(
      "/run hides those below /usr",
      ["run/50.conf": "lab.a=1", "local/50.conf": "lab.a=2", "lib/50.conf": "lab.b=3"],
      both: ["lab/a": "1"]),
    .init(
      "/usr/local/lib hides /usr/lib", ["local/50.conf": "lab.a=1", "lib/50.conf": "lab.b=2"],
      both: ["lab/a": "1"]),
    .init(
      "a link to /dev/null hides too",
      ["etc/50.conf": .link("/dev/null"), "lib/50.conf": "lab.a=1", "lib/60.conf": "lab.b=2"],
      both: ["lab/b": "2"]),
    .init(
      "so does a link to nowhere", ["etc/50.conf": .link("nowhere"), "lib/50.conf": "lab.a=1"],
      both: [:]),
    .init(
      "so does a folder", ["etc/50.conf": .folder, "lib/50.conf": "lab.a=1"], both: [:]),
    .init("so does an empty file", ["etc/50.conf": "", "lib/50.conf": "lab.a=1"], both: [:]),
    .init(
      "only .conf is read",
      [
        "etc/50.conf~": "lab.a=1", "etc/README": "lab.a=1", "etc/50.CONF": "lab.a=1",
        "etc/conf": "lab.a=1", "etc/50.conf.dpkg-old": "lab.a=1",
      ],
      both: [:]),
  ]

  private static let lines: [SysctlCase] = [
    .init(
      "comments and empty lines", "# lab.a=1\n;lab.a=2\n\n  \t\n  # lab.a=3\nlab.b=4 # not one",
      both: ["lab/b": "4 # not one"]),
    .init("blanks around", " \tlab.a \t=\t 1 2\t3 \t\n", both: ["lab/a": "1 2\t3"]),
    .init("a value with an equals sign", "lab.a=b=c", both: ["lab/a": "b=c"]),
    .init("an empty value", "lab.a=\nlab.b = ", both: ["lab/a": "", "lab/b": ""]),
    .init("no assignment", "lab.a\nlab.b 1\nlab.ab=1", both: ["lab/ab": "1"]),
    .init("no key", "=1\n = 2\nlab.a=1", both: ["lab/a": "1"]),
    .init("no newline at the end", "lab.a=1\nlab.b=2", both: ["lab/a": "1", "lab/b": "2"]),
    .init("CRLF", "lab.a=1\r\nlab.b = 2 \r\n", both: ["lab/a": "1", "lab/b": "2"]),
    .init("failures to ignore", "-lab.a=1\n-lab.none=2", both: ["lab/a": "1"]),
    .init("a key that isn't there", "lab.none=1\nlab.a=2", both: ["lab/a": "2"]),
    .init(
      "a long line", "lab.b=\(String(repeating: "x", count: 9000))\nlab.a=1",
      both: ["lab/a": "1", "lab/b": String(repeating: "x", count: 9000)]),
    .init("a mark before all text", "\u{FEFF}lab.a=1\nlab.b=2", both: ["lab/b": "2"]),
    .init("no text at all", ["etc/50.conf": .file([0xFF, 0xFE, 0x0A, 0x3D, 0x0A])], both: [:]),
  ]

  private static let names: [SysctlCase] = [
    .init("slashes", "lab/a=1", both: ["lab/a": "1"]),
    .init("a slash first", "/lab/a=1", both: ["lab/a": "1"]),
    .init("a dot first", ".lab.a=1", both: ["lab/a": "1"]),
    .init(
      "dots behind a slash stay", "lab/net/eth0.1/x=1", both: ["lab/net/eth0.1/x": "1"]),
    .init(
      "slashes behind a dot are dots", "lab.net.eth0/1.x=1", both: ["lab/net/eth0.1/x": "1"]),
    .init("dots where slashes should be", "lab.net.eth0.1.x=1", both: [:]),
    .init(
      "both spellings are one key", "lab.a=1\nlab/a=2\nlab.a=3\nlab/b=4\nlab.b=5",
      both: ["lab/a": "3", "lab/b": "5"]),
    .init("the whole path", "/proc/sys/lab/a=1", both: [:]),
    .init("two separators", "lab..a=1\nlab//b=2", both: ["lab/a": "1", "lab/b": "2"]),
    .init("a folder that is this one", "lab/./a=1", both: ["lab/a": "1"]),
  ]

  private static let patterns: [SysctlCase] = [
    .init("a star", "lab.a*=1", both: ["lab/a": "1", "lab/ab": "1"]),
    .init("a question mark", "lab.?=1", both: ["lab/a": "1", "lab/b": "1"]),
    .init("a set", "lab.[ac]=1", both: ["lab/a": "1"]),
    .init("a range", "lab.[b-z]=1", both: ["lab/b": "1"]),
    .init("all but a set", "lab.[!a]=1\n", both: ["lab/b": "1"]),
    .init("a class", "lab.a[[:alpha:]]=1", both: ["lab/ab": "1"]),
    .init("a set without an end", "lab.[a=1", both: [:]),
    .init("an escape", "lab.\\a?=1", both: ["lab/ab": "1"]),
    .init("braces, which aren't known", "lab.{a,b}=1", both: [:]),
    .init("a folder", "lab/net/*/x=1", both: ["lab/net/eth0.1/x": "1"]),
    .init("a star stops at slashes", "lab.*.x=1\nlab/n*x=2", both: [:]),
    .init("a pattern for folders too", "*.a=1", both: ["lab/a": "1"]),
    .init(
      "an assignment counts before and behind a pattern", "lab.a=1\nlab.*=2\nlab.b=3",
      both: ["lab/a": "1", "lab/ab": "2", "lab/b": "3"]),
    .init(
      "in another file too", ["etc/10.conf": "lab.a=1", "etc/90.conf": "lab.?=2"],
      both: ["lab/a": "1", "lab/b": "2"]),
    .init(
      "the last pattern wins", "lab.a*=1\nlab.?=2",
      both: ["lab/a": "2", "lab/ab": "1", "lab/b": "2"]),
    .init("a key kept from patterns", "-lab.a\nlab.?=1", both: ["lab/b": "1"]),
    .init("a key kept from them later", "lab.?=1\n-lab/a", both: ["lab/b": "1"]),
    .init(
      "a pattern kept from patterns, in vain", "-lab.a*\nlab.*=1",
      both: ["lab/a": "1", "lab/ab": "1", "lab/b": "1"]),
    .init("an assignment behind that", "-lab.a\nlab.a=1", both: ["lab/a": "1"]),
  ]

  /// What `SysctlReader` lists.
  private static let differences: [SysctlCase] = [
    .init(
      "/etc/sysctl.conf", ["sysctl.conf": "lab.a=1", "etc/99.conf": "lab.a=2"],
      systemd: ["lab/a": "2"], procps: ["lab/a": "1"]),
    .init(
      "/etc/sysctl.conf as Debian links it",
      ["sysctl.conf": "lab.b=1", "etc/99-sysctl.conf": "lab.b=1", "etc/zz.conf": "lab.b=2"],
      systemd: ["lab/b": "2"], procps: ["lab/b": "1"]),
    .init(
      "a hidden file", ["etc/.50.conf": "lab.a=1", "etc/.conf": "lab.b=1"], systemd: [:],
      procps: ["lab/a": "1", "lab/b": "1"]),
    .init(
      "a hidden file hides another", ["etc/.50.conf": "lab.a=1", "lib/.50.conf": "lab.b=1"],
      systemd: [:], procps: ["lab/a": "1"]),
    .init("a key taken back", "lab.a=1\n-lab.a", systemd: [:], procps: ["lab/a": "1"]),
    .init(
      "a pattern twice", "lab.a*=1\nlab.?=2\nlab.a*=1",
      systemd: ["lab/a": "2", "lab/ab": "1", "lab/b": "2"],
      procps: ["lab/a": "1", "lab/ab": "1", "lab/b": "2"]),
    .init(
      "a pattern changed and changed back", "lab.a*=1\nlab.?=2\nlab.a*=3\nlab.a*=1",
      both: ["lab/a": "1", "lab/ab": "1", "lab/b": "2"]),
    .init(
      "two separators and a pattern", "lab//a=1\nlab.?=2", systemd: ["lab/a": "1", "lab/b": "2"],
      procps: ["lab/a": "2", "lab/b": "2"]),
    .init(
      "a separator at the end", "lab.a.=1\nlab/b/=2", systemd: ["lab/a": "1", "lab/b": "2"],
      procps: [:]),
    .init("a way up", "lab/net/../a=1", systemd: [:], procps: ["lab/a": "1"]),
    .init(
      "a way out and in again", "/../sys/lab/a=1", systemd: [:], procps: ["lab/a": "1"]),
    .init("a blank behind the dash", "- lab.a=1", systemd: ["lab/a": "1"], procps: [:]),
    .init("two dashes", "--lab.a=1", systemd: [:], procps: ["lab/a": "1"]),
    .init(
      "a carriage return within", "lab.a=1\rlab.b=2", systemd: ["lab/a": "1", "lab/b": "2"],
      procps: ["lab/a": "1\rlab.b=2"]),
    .init(
      "a zero byte within", "lab.a=1\0lab.b=2\n", systemd: ["lab/a": "1", "lab/b": "2"],
      procps: ["lab/a": "1"]),
    .init(
      "a vertical tab", "lab.a=1\u{B}", systemd: ["lab/a": "1\u{B}"], procps: ["lab/a": "1"]),
    .init(
      "a form feed before", "\u{C}lab.a=1", systemd: [:], procps: ["lab/a": "1"]),
    .init(
      "a line of a mebibyte",
      "lab.a=1\n#\(String(repeating: "x", count: 1 << 20))\nlab.b=2", systemd: ["lab/a": "1"],
      procps: ["lab/a": "1", "lab/b": "2"]),
  ]
}
