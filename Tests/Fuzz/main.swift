// FuzzKernelLog SECONDS [SEED]: throws mutated OOM reports at the parser for that long, and what could
// make it slow or large at the start. Each input is stored before it is tried, so that after a crash
// FuzzKernelLog FILE tries it again. FuzzKernelLog seeds FOLDER stores the good logs that all begins with.
import TestSupport

let words = CommandLine.arguments.dropFirst().map { $0 }
let store = "fuzz-input"

do {
  guard let first = words.first else {
    throw Complaint("FuzzKernelLog SECONDS [SEED] | FILE | seeds FOLDER")
  }
  if first == "seeds", let folder = words.dropFirst().first {
    for (index, seed) in Seeds.all.enumerated() { try write(seed, to: "\(folder)/\(index)") }
  } else if let seconds = Int(first) {
    let seed = words.dropFirst().first.flatMap { UInt64($0) } ?? UInt64(now(.wall))
    say("fuzz: seed \(seed)")
    for burden in Burden.all { say(try burden.check()) }
    say(try fuzz(forSeconds: seconds, seed: seed))
  } else {
    var random = Random(seed: 1)
    try check(bytes(at: first), random: &random)
    say("fuzz: \(first): no complaint")
  }
} catch {
  say("fuzz: \(error)")
  exitFailing()
}

/// Mutates seeds and checks them until the time is over.
func fuzz(forSeconds seconds: Int, seed: UInt64) throws -> String {
  var random = Random(seed: seed)
  let seeds = Seeds.all
  let end = now(.wall) + seconds * 1_000_000
  let memory = peakMemory()
  var (inputs, size, kills) = (0, 0, 0)
  while now(.wall) < end {
    var input = seeds[random.below(seeds.count)]
    if random.below(4) == 0 { input += seeds[random.below(seeds.count)] }
    for _ in 0..<random.below(12) { Mutation.apply(to: &input, with: seeds, random: &random) }
    try write(input, to: store)
    setAlarm(seconds: 60)
    kills += try check(input, random: &random)
    inputs += 1
    size += input.count
  }
  setAlarm(seconds: 0)
  let growth = peakMemory() - memory
  guard growth < 128 << 10 else { throw Complaint("\(growth) KiB more memory") }
  return "fuzz: \(inputs) inputs, \(size >> 20) MiB, \(kills) kills found: no complaint"
}
