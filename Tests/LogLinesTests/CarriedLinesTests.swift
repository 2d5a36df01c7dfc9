import Testing

@testable import LogLines

@Suite("Lines that a collector carries")
struct CarriedLinesTests {
  @Test(
    "stand behind keys that name a text, in any notation",
    arguments: [
      (#"{"log":"a\n"}"#, ["a"]), (#"{"message" : "a"}"#, ["a"]),
      (#"{"msg":"a\r\nb"}"#, ["a", "b"]),
      (#"ts=1 msg="a" level=info"#, ["a"]), (#"message: "a""#, ["a"]), ("message: 'a'", ["a"]),
      (#"{"message"=>"a"}"#, ["a"]), (#"{"values":[["1","a"],["2","b"]]}"#, ["a", "b"]),
      (#"{"@message":"a"}"#, ["a"]), (#"@message="a""#, ["a"]), (#"_raw= "a""#, ["a"]),
      (#"_raw = "a""#, nil),
      (#"{"n":{"k":"v"},"text":"a"}"#, ["a"]), (#"{"text":"it's a"}"#, ["it's a"]),
      (#"{"log":"a"#, nil), (#"{"other":"a"}"#, nil), (#""a""#, nil), (#"="a""#, nil), ("", nil),
      ("it's message 'a'", nil), ("message: 'a", nil), (#"{"log":""}"#, nil),
    ] as [(String, [String]?)])
  func texts(line: String, expected: [String]?) {
    let carried = CarriedLines(Array(line.utf8).span)
    #expect(carried?.lines.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test(
    "may have an author and a level with them",
    arguments: [
      (#"{"log":"a"}"#, false, false, false),
      (#"{"log":"a","program":"kernel"}"#, true, false, false),
      (#"{"log":"a","facility":"kern"}"#, true, false, false),
      (#"{"log":"a","unit":"cron"}"#, false, true, false),
      (#"{"log":"a","level":"info"}"#, false, false, true),
      (#"{"log":"a","severity":"info"}"#, false, false, true),
      (#"{"log":"a","levelname":"info"}"#, false, false, true),
      (#"app=kernel msg="a""#, true, false, false), (#"app=cron msg="a""#, false, true, false),
      (#"msg="a" app=cron"#, false, true, false), (#"msg="a" xapp=cron"#, false, false, false),
      (#"msg="a" app=c"#, false, true, false), (#"msg="a" app="#, false, false, false),
      (#"app="kernel" msg="a""#, true, false, false),
    ])
  func authors(line: String, areKernels: Bool, areOthers: Bool, haveLevel: Bool) throws {
    let found = CarriedLines(Array(line.utf8).span)
    let carried = try #require(found)
    #expect(carried.areKernels == areKernels)
    #expect(carried.areOthers == areOthers)
    #expect(carried.haveLevel == haveLevel)
  }

  @Test(
    "aren't looked for behind more strings than a collector writes",
    arguments: [(16_383, true), (16_384, false)])
  func strings(count: Int, isFound: Bool) {
    let line = String(repeating: #""k":1,"#, count: count - 1) + #""k":1 msg="a""#
    #expect((CarriedLines(Array(line.utf8).span) != nil) == isFound)
  }
}
