import Rendering
import Testing

@Suite("JSON")
struct JSONWriterTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    body(&json)
    return json.text.string
  }

  @Test(
    "has values",
    arguments: [
      (.absent, "null"), (.integer(-1000), "-1000"),
      (.integer(18_446_744_073_709_551_615), "18446744073709551615"), (.size(2048), "2048"),
      (.size(.min), "-9223372036854775808"), (.text("a b"), #""a b""#), (.text(""), #""""#),
      (.text("null"), #""null""#), (.flag(true), "true"), (.flag(false), "false"),
    ] as [(Value, String)])
  func values(value: Value, expected: String) {
    #expect(written { $0.value(value) } == expected)
  }

  @Test("has members in the order in which they came")
  func members() {
    let text = written { json in
      json.object { json in
        json.member("z", .integer(1))
        json.member("a", .absent)
        json.member("m", .text("x"))
        json.member("z", .flag(true))
      }
    }
    #expect(text == #"{"z":1,"a":null,"m":"x","z":true}"#)
  }

  @Test("has an element a line")
  func elements() {
    #expect(written { $0.array([1, 2, 3]) { $0.value(.integer($1)) } } == "[\n1,\n2,\n3]")
    #expect(written { $0.array([7]) { $0.value(.integer($1)) } } == "[\n7]")
    #expect(written { $0.array([]) { $0.value(.integer($1)) } } == "[]")
    #expect(written { $0.object { _ in } } == "{}")
  }

  @Test("nests")
  func nests() {
    let text = written { json in
      json.object { json in
        json.member("first", object: { _ in })
        json.member("processes", array: [17, 18] as [Int128]) { json, id in
          json.object { json in
            json.member("pid", .integer(id))
            json.member("threads", array: [id, id + 1]) { $0.value(.integer($1)) }
            json.member("none", array: []) { $0.value(.integer($1)) }
            json.member("last", object: { $0.member("size", .size(1)) })
          }
        }
        json.member("total", .integer(2))
      }
    }
    #expect(
      text == """
        {"first":{},"processes":[
        {"pid":17,"threads":[
        17,
        18],"none":[],"last":{"size":1}},
        {"pid":18,"threads":[
        18,
        19],"none":[],"last":{"size":1}}],"total":2}
        """)
  }

  @Test("nests lists in lists")
  func lists() {
    let text = written { json in
      json.array([[1, 2], [], [3]]) { json, row in
        json.array(row) { $0.value(.integer($1)) }
      }
    }
    #expect(text == "[\n[\n1,\n2],\n[],\n[\n3]]")
  }

  @Test(
    "escapes what the format forbids and what a terminal would obey",
    arguments: [
      (#"a"b\c/"#, #"a\"b\\c/"#), ("\n\t", #"\n\t"#), ("\r", #"\u000d"#), ("\r\n", #"\u000d\n"#),
      ("\0\u{1b}[2J\u{1f}", #"\u0000\u001b[2J\u001f"#), ("\u{7f}\u{9b}", #"\u007f\u009b"#),
      ("a\u{202e}b\u{2028}", #"a\u202eb\u2028"#), ("\u{200b}\u{feff}", #"\u200b\ufeff"#),
      ("\u{e0041}", #"\udb40\udc41"#), ("é日😀", "é日😀"), ("e\u{301}", "e\u{301}"),
      ("\"\u{301}", "\\\"\u{301}"), ("\u{fffd}", "\u{fffd}"), (#"\n"#, #"\\n"#), ("~ ", "~ "),
    ])
  func escapes(string: String, expected: String) {
    let value = written { $0.value(.text(string)) }
    #expect(value.utf8.elementsEqual("\"\(expected)\"".utf8))
    let object = written { $0.object { $0.member(string, .absent) } }
    #expect(object.utf8.elementsEqual("{\"\(expected)\":null}".utf8))
  }

  @Test("may come piece by piece")
  func pieces() {
    let text = written { json in
      json.beginObject()
      json.member("a", .integer(1))
      json.beginArray("b")
      json.element { $0.value(.integer(2)) }
      json.element { json in
        json.beginObject()
        json.endObject()
      }
      json.endArray()
      json.member("c", .flag(true))
      json.beginArray("d")
      json.endArray()
      json.key("e")
      json.value(.absent)
      json.endObject()
    }
    #expect(text == "{\"a\":1,\"b\":[\n2,\n{}],\"c\":true,\"d\":[],\"e\":null}")
  }

  @Test("is one after the other with commas between them")
  func sequence() {
    let text = written { json in
      json.beginObject()
      json.endObject()
      json.beginObject()
      json.key("a")
      json.beginObject()
      json.endObject()
      json.endObject()
    }
    #expect(text == #"{},{"a":{}}"#)
  }

  @Test("may be one line")
  func oneLine() {
    var json = JSONWriter(breaksLines: false)
    json.array([1, 2]) { $0.value(.integer($1)) }
    #expect(json.text.string == "[1,2]")
    json = JSONWriter(breaksLines: true)
    json.array([1, 2]) { $0.value(.integer($1)) }
    #expect(json.text.string == "[\n1,\n2]")
  }

  @Test("has times in seconds, starts of texts, and metrics")
  func otherValues() {
    let text = written { json in
      json.array([Value.microseconds(1_500_000), .microseconds(-1), .start("a", bytes: 1)]) {
        $0.value($1)
      }
    }
    #expect(text == "[\n1.500000,\n-0.000001,\n\"a\"]")
    let metrics = written { json in
      json.array([MetricValue(5), MetricValue(digits: 25, decimals: 1)]) { $0.value($1) }
    }
    #expect(metrics == "[\n5,\n2.5]")
  }
}
