package import TestSupport
import Testing

/// What was seen inside a container: a program of 15 or 30 MB, after another one was killed at the limit. With
/// version 2 podman's are crun's, whose limit is also that of a group around the container's own.
package struct CapturedContainer: CustomTestStringConvertible, Sendable {
  package let name: String
  /// Where its group's own path begins.
  package let group: String
  /// Who is behind the limit next.
  package let victim: String

  var testDescription: String { name }

  /// Each of another make: with and without a cgroup namespace, with and without a mount of its own.
  package static let all = [
    CapturedContainer(name: "v1-unshare", group: "/", victim: "tail"),
    CapturedContainer(name: "v1-podman-host", group: "/libpod_parent/libpod-", victim: "tail"),
    CapturedContainer(name: "v1-podman-private", group: "/", victim: "tail"),
    CapturedContainer(name: "v2-unshare", group: "/", victim: "grower"),
    CapturedContainer(
      name: "v2-podman-host", group: "/machine.slice/libpod-", victim: "grower"),
    CapturedContainer(name: "v2-podman-private", group: "/", victim: "grower"),
  ]

  /// Its files, some of them changed.
  package func tree(_ changes: [String: FixtureTree.Entry] = [:]) throws -> FixtureTree {
    let tests = #filePath.split(separator: "/").dropLast(1).joined(separator: "/")
    var entries = try TreeArchive(at: "/\(tests)/Containers/\(name).txt").entries
    entries.merge(changes) { $1 }
    return try FixtureTree(entries)
  }
}
