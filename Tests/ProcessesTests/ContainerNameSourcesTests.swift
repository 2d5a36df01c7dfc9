import ProgramSupport
import TestSupport
import Testing

@testable import Core
@testable import Processes

@Suite("The names of containers")
struct ContainerNameSourcesTests {
  private static let one = String(repeating: "1", count: 64)
  private static let two = String(repeating: "2", count: 64)
  private static let podman = "var/lib/containers/storage/overlay-containers/containers.json"

  private func names(_ files: [String: FixtureTree.Entry]) throws -> ContainerNames {
    let tree = try FixtureTree(["proc/version": ""].merging(files) { $1 })
    return ContainerNames(of: try World(root: tree.path, environment: Environment()))
  }

  @Test(
    "of Kubernetes' pods are those of the folders with their logs",
    arguments: [
      ("shop_cart-7f9_abc-1", "shop/cart-7f9"), ("shop_cart-7f9", nil),
      ("shop_cart_7f9_abc-1", nil), ("shop_cart-7f9_abc-2", nil),
    ] as [(String, String?)])
  func pods(folder: String, name: String?) throws {
    let names = try names(["var/log/pods/\(folder)": .folder])
    #expect(names.pod("abc-1").map { "\($0.namespace)/\($0.name)" } == name)
    #expect(names.pod(nil) == nil && names.container("abc-1", at: "/") == nil)
  }

  @Test(
    "of Kubernetes' containers are in the names of their logs",
    arguments: [
      ("cart_shop_web-\(one).log", "web"), ("cart_shop_web-ui-\(one).log", "web-ui"),
      ("cart_shop_web-\(one)", nil), ("cart_web-\(one).log", nil),
      ("cart_shop_x_web-\(one).log", nil), ("cart_shop_\(one).log", nil),
      ("cart_shop_web-\(one)1.log", nil),
    ] as [(String, String?)])
  func logs(file: String, name: String?) throws {
    let names = try names(["var/log/containers/\(file)": ""])
    #expect(
      names.container(Self.one, at: "/") == name && names.container("\(Self.one)1", at: "/") == nil)
  }

  @Test(
    "of Docker are in what it remembers of each",
    arguments: [
      (#"{"ID":"x","Name":"/redis","Driver":"overlay2"}"#, "redis"), (#"{"Name":"redis"}"#, nil),
      (#"{"Name":"/"}"#, nil), (#"{"Name":"/redis"#, "redis"), ("{}", nil), ("", nil),
      (#"{"Name":"/\#(String(repeating: "x", count: 256))"}"#, String(repeating: "x", count: 256)),
      (#"{"Name":"/\#(String(repeating: "x", count: 257))"}"#, nil),
    ] as [(String, String?)])
  func docker(text: String, name: String?) throws {
    let names = try names([
      "var/lib/docker/containers/\(Self.one)/config.v2.json": .file(Array(text.utf8)),
      "var/lib/docker/containers/short/config.v2.json": #"{"Name":"/short"}"#,
    ])
    #expect(names.container(Self.one, at: "/") == name && names.container("short", at: "/") == nil)
  }

  @Test("of Podman are in a list of all, each behind its number, where it has any")
  func ofPodman() throws {
    let names = try names([
      Self.podman:
        .file(
          Array(
            #"[{"id":"\#(Self.one)","image":"x"},{"id":"\#(Self.two)","names":["redis","r"]},{"id":"3","names":["x"]}]"#
              .utf8))
    ])
    let found = [Self.one, Self.two, "3"].map { names.container($0, at: "/") }
    #expect(found == [nil, "redis", nil])
  }
}
