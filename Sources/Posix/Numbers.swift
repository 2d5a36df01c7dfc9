/// Descriptors in memory of C's, which lies still: a child between fork(2) and its program may take none.
@safe final class Numbers {
  let buffer: UnsafeBufferPointer<CInt>

  init(_ numbers: [CInt]) {
    let copy = UnsafeMutableBufferPointer<CInt>.allocate(capacity: numbers.count)
    _ = unsafe copy.initialize(from: numbers)
    unsafe buffer = UnsafeBufferPointer(copy)
  }

  deinit { unsafe buffer.deallocate() }
}
