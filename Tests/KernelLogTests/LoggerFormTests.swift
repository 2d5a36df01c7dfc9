import KernelLog
import LogLines
import TestSupport
import Testing

/// Each era's report in each form that loggers give it: the same report is found.
@Suite struct LoggerFormTests {
  @Test(arguments: LoggerForm.all, Era.allCases)
  func `a shortage of the whole machine is read alike in each form`(form: LoggerForm, era: Era) {
    check(Shortage(era), in: form)
  }

  @Test(arguments: LoggerForm.all, Era.allCases.filter(\.hasCgroups))
  func `a cgroup at its limit is read alike in each form`(form: LoggerForm, era: Era) {
    let place = Shortage.Place.cgroup("/user.slice", victim: "/user.slice/user@1000.service/app")
    check(Shortage(era, in: place), in: form)
  }

  private func check(_ shortage: Shortage, in form: LoggerForm) {
    let kills = kills(in: form.log(of: ReportComposer.records(of: shortage)))
    let expected = shortage.expectedKills
    for (kill, expected) in zip(kills, expected) { expectSame(kill.unwrapped, expected) }
    #expect(kills.count == expected.count)
  }
}
