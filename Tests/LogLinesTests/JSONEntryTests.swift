import Testing

@testable import LogLines

@Suite("An entry in JSON")
struct JSONEntryTests {
  private func entry(_ line: String) -> LogEntry? { LogEntry(json: Array(line.utf8).span) }

  @Test(
    "has a message of any bytes",
    arguments: [
      (#"{"MESSAGE":"a"}"#, "a"), (#"{ "MESSAGE" : "a" , "X" : "b" }"#, "a"),
      ("\u{1E}{\"MESSAGE\":\"a\"}", "a"), (#"data: {"MESSAGE":"a"}"#, "a"),
      (#"{"MESSAGE":[97,98]}"#, "ab"), (#"{"MESSAGE":[ 97 , 98 ]}"#, "ab"),
      (#"{"MESSAGE":["a","b"]}"#, "a"), (#"{"MESSAGE":[[97],[98]]}"#, "a"),
      (#"{"MESSAGE":[]}"#, ""),
      (#"{"MESSAGE":[-159,353]}"#, "aa"), (#"{"MESSAGE":null}"#, ""), (#"{"MESSAGE":12}"#, "12"),
      (#"{"MESSAGE":"\n\t\r\b\f\"\\\/"}"#, "\n\t\r\u{08}\u{0C}\"\\/"),
      (#"{"MESSAGE":"\u00e4"}"#, "ä"), (#"{"MESSAGE":"\u20AC"}"#, "€"),
      (#"{"MESSAGE":"\ud83d\ude00"}"#, "😀"), (#"{"MESSAGE":"\ud800\udc00"}"#, "\u{10000}"),
      (#"{"MESSAGE":"\udbff\udfff"}"#, "\u{10FFFF}"), (#"{"MESSAGE":"\udc00\udc00"}"#, "��"),
      (#"{"MESSAGE":"\ud83dx"}"#, "\u{FFFD}x"),
      (#"{"MESSAGE":"\ud83d\ue000"}"#, "\u{FFFD}\u{E000}"),
      (#"{"MESSAGE":"\u12"}"#, ""), (#"{"MESSAGE":"a""#, "a"), (#"{"msg":"a","pri":6}"#, "a"),
      (#"{"msg":"a"}"#, nil), (#"{"X":"a"}"#, nil), (#"{"MESSAGE":"a"#, nil),
      (#"{"MESSAGE":"a\"#, nil), (#"{"MESSAGE" "a"}"#, nil), (#"{MESSAGE:"a"}"#, nil),
      (#"{"MESSAGE":12"#, nil), (#"{"MESSAGE":[97"#, nil), (#"{"MESSAGE":[x]}"#, nil),
      (#"["MESSAGE"]"#, nil), (#"{"MESSAGE":"a",}"#, nil),
    ] as [(String, String?)])
  func messages(line: String, expected: String?) {
    #expect(entry(line).map { String(decoding: $0.message, as: UTF8.self) } == expected)
  }

  @Test(
    "tells when, where and by whom it was written",
    arguments: [
      (#""__REALTIME_TIMESTAMP":"5","_BOOT_ID":"b","_HOSTNAME":"h""#, "@5 on h boot b kernel"),
      (#""__MONOTONIC_TIMESTAMP":"5""#, "+5 kernel"),
      (#""__MONOTONIC_TIMESTAMP":"5","_SOURCE_MONOTONIC_TIMESTAMP":"4""#, "+4 kernel"),
      (#""_TRANSPORT":"kernel","SYSLOG_IDENTIFIER":"kernel""#, "kernel"),
      (#""_TRANSPORT":"kernel","SYSLOG_FACILITY":"0","SYSLOG_IDENTIFIER":"x""#, "kernel"),
      (#""_TRANSPORT":"kernel","SYSLOG_FACILITY":"3""#, "writer"),
      (#""_TRANSPORT":"kernel","SYSLOG_FACILITY":"3","SYSLOG_IDENTIFIER":"kernel""#, "writer"),
      (#""_TRANSPORT":"kernel","SYSLOG_FACILITY":"3","SYSLOG_IDENTIFIER":"x""#, "by x"),
      (#""_TRANSPORT":"stdout","SYSLOG_IDENTIFIER":"x""#, "by x"),
      (#""_TRANSPORT":"stdout""#, "by "),
      (#""SYSLOG_IDENTIFIER":"x""#, "by x"), (#""SYSLOG_IDENTIFIER":"kernel""#, "kernel"),
      (#""_UID":"0","SYSLOG_IDENTIFIER":"x""#, "by x"), (#""_UID":"999""#, "kernel"),
      (#""_UID":"1000","SYSLOG_IDENTIFIER":"x""#, "by "), (#""_UID":"60000""#, "by "),
      (#""_UID":"1000","SYSLOG_IDENTIFIER":"systemd""#, "by systemd --user"),
      (#""_UID":"60001""#, "kernel"),
    ])
  func fields(members: String, expected: String) throws {
    let wrapping = try #require(entry(#"{"MESSAGE":"a","# + members + "}")).wrapping
    #expect(wrapping.words.joined(separator: " ") == expected)
    #expect(wrapping.isWhole && !wrapping.canBeBroken)
  }

  @Test(
    "is dmesg's where it has a level, too",
    arguments: [
      (#""pri":6,"time":  12.345678"#, "+12345678 kernel"), (#""pri":7"#, "kernel"),
      (#""pri":8"#, "writer"), (#""pri":30"#, "writer"),
      (#""fac":"kern","caller":"T12""#, "T12 kernel"),
      (#""fac":"daemon""#, "writer"),
    ])
  func ring(members: String, expected: String) throws {
    let wrapping = try #require(entry(#"{"msg":"a","# + members + "}")).wrapping
    #expect(wrapping.words.joined(separator: " ") == expected)
  }
}
