import Glibc
import ProcFS

enum Scratch {
  static func run(_ w: [String]) {
    let pinErr = w.contains("nopin") ? nil : LockedMemory.pin()
    do throws(Errno) {
      let signals = try Signals()
      let connector = try ProcessConnector()
      print("listening pid \(getpid()) pin \(pinErr.map { "\($0)" } ?? "ok")")
      fflush(nil)
      var wakes = 0
      var events = 0
      var overflows = 0
      var batchmax = 0
      while true {
        let why = try Wakeup.wait(
          connector: connector.descriptor, signals: signals.descriptor, atMost: nil)
        wakes += 1
        if why.contains(.signal), signals.next() == .end { break }
        guard why.contains(.processes) else { continue }
        switch try connector.receive() {
        case .overflow: overflows += 1
        case .changed(let ids):
          events += ids.count
          batchmax = max(batchmax, ids.count)
          for id in ids {
            let fd = unsafe open("/proc/\(id)/comm", O_RDONLY)
            if fd < 0 { continue }
            var buf = [UInt8](repeating: 0, count: 16)
            let n = unsafe read(fd, &buf, 16)
            close(fd)
            if n > 0, String(decoding: buf.prefix(n), as: UTF8.self) == "guarded\n" {
              let o = unsafe open("/proc/\(id)/oom_score_adj", O_WRONLY)
              let v = Array(w[0].utf8)
              _ = unsafe write(o, v, v.count)
              close(o)
            }
          }
        }
      }
      print("wakes \(wakes) events \(events) overflows \(overflows) batchmax \(batchmax)")
    } catch { print("failed: \(error) \(error.rawValue)") }
    fflush(nil)
  }
}
