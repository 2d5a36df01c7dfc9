import KillPrediction
import ProcFS

/// What one look at the machine found.
struct Sample: Sendable {
  /// Seconds since 1970.
  var time = 0
  var memory = MemoryLevels()
  var trends = Trends()
  /// The first victims in their order; with `isWhole` all processes but the kernel's own threads, in
  /// ascending order of their numbers.
  var processRows: [ProcessRow] = []
  var isWhole = false
  /// What a shortage of the whole machine leads to; `nil` where the kernel's version is unknown.
  var policy: Policy?
  /// The first victim, and who follows.
  var first: ProcessRow?
  var second: ProcessRow?
  /// How far the second is behind, in bytes; `nil` where badness isn't measured in them.
  var lead: Int?
  /// How many the kernel can choose from.
  var candidateCount = 0
  /// Whether all processes could be seen.
  var isComplete = true
  /// What was asked for and means nobody, in the user's words.
  var unmatched: [String] = []
  /// Memory cgroups, where they were asked for.
  var groups: [GroupState] = []
  /// Kills since the sample before.
  var kills: [SeenKill] = []

  /// What was asked for and isn't there yet, in sentences.
  var absences: [String] { unmatched.map { "no process matches \($0) so far" } }
}

/// What a look shall tell.
struct SampleRequest: Sendable, Equatable {
  /// How many of the first victims.
  var count: Int
  /// Whether all processes are of interest.
  var isWhole = false
  /// Whether the memory cgroups of processes are.
  var needsCgroups = false
  /// Whether the groups' own limits are.
  var needsGroups = false
}

/// A memory cgroup: what it uses and may.
struct GroupState: Sendable, Equatable {
  var path: String
  var used: Int?
  var limit: Int?
}
