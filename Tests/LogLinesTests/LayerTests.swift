import Testing

@testable import LogLines

@Suite("Levels, facilities and records before a line")
struct LayerTests {
  @Test(
    "tell the kernel's lines from those of programs in its log",
    arguments: [
      ("<6>x", "| x"), ("<7>x", "| x"), ("<8>x", "writer | x"), ("&lt;6&gt;x", "markup | x"),
      ("<6&gt;x", "bare | <6&gt;x"), ("&lt;6>x", "bare | &lt;6>x"), ("<x>x", "bare | <x>x"),
      ("kern  :warn  : x", "| x"), ("kern  :warn: x", "bare | kern  :warn: x"),
      ("kern:warn: x", "bare | kern:warn: x"),
      ("kern :warn : x", "bare | kern :warn : x"), ("kern :warn  : x", "| x"),
      ("user  :warn  : x", "writer | x"), ("local0:info  : x", "writer | x"),
      ("authpriv:info  : x", "writer | x"), ("authprivy:info  : x", "bare | authprivy:info  : x"),
      ("k        :warn  : x", "bare | k        :warn  : x"),
      ("kern  :warn  :x", "bare | kern  :warn  :x"),
      ("6,1,5678901,-;x", "+5678901 escaped | x"),
      ("7,1,5678901,-,caller=T12;x", "+5678901 T12 escaped | x"),
      ("8,1,5678901,-,caller=T12,a=b;x", "+5678901 T12 writer escaped | x"),
      ("6,1,5678901;x", "bare | 6,1,5678901;x"), ("6,1,x,-;x", "bare | 6,1,x,-;x"),
      ("6,x,1,-;x", "bare | 6,x,1,-;x"), ("6,1,5678901,-", "bare | 6,1,5678901,-"),
    ])
  func layers(line: String, expected: String) {
    #expect(shown(line) == expected)
  }

  @Test("have no more fields than a record", arguments: [(255, true), (256, false)])
  func fields(width: Int, isRecord: Bool) {
    let line = "6,1,5," + String(repeating: "a", count: width) + ";x"
    #expect(shown(line) == (isRecord ? "+5 escaped | x" : "bare | \(line)"))
  }

  @Test("aren't more than any log has")
  func count() {
    #expect(shown(String(repeating: "<6>", count: 6) + "x") == "| x")
    #expect(shown(String(repeating: "<6>", count: 7) + "x") == "| <6>x")
  }

  @Test(
    "are Talos's",
    arguments: [
      ("10.5.0.2: kern: warning: ", "on 10.5.0.2 | x"), ("kern: warning: ", "| x"),
      ("10.5.0.2: user: warning: ", "on 10.5.0.2 writer | x"), ("usr: inf: ", "writer | x"),
      ("authpriv: critical: ", "writer | x"), ("a: kern: warning: ", "on a | x"),
      ("kern:                  warning: ", "| x"), ("kern:                   warning: ", nil),
      ("ab: warning: ", nil), ("kern: ab: ", nil), ("authprivy: warning: ", nil),
      ("kern: warningly: ", nil), (": kern: warning: ", nil),
    ] as [(String, String?)])
  func talos(head: String, expected: String?) {
    let line = "\(head)[2026-01-12T20:27:31.913975631Z]: x"
    #expect(
      shown(line) == (expected.map { "2026-1-12 20:27:31.913975 zone 0 \($0)" } ?? "bare | \(line)")
    )
    #expect(shown("kern: warning: [x]: x") == "bare | kern: warning: [x]: x")
    #expect(shown("kern: warning: [    1.000000] x") == "bare | kern: warning: [    1.000000] x")
  }
}
