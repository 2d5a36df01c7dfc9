import Testing

@testable import ReportAnalysis

@Suite("The highest zone that an allocation may use")
struct ZoneKindTests {
  @Test(
    "is told by three bits, and a fourth for what can be moved",
    arguments: [
      (0x00, .normal), (0x01, .dma), (0x02, .high), (0x03, .dma), (0x04, .dma32), (0x05, .dma),
      (0x06, .dma32), (0x07, .dma), (0x08, .normal), (0x09, .dma), (0x0a, .movable),
      (0x0c, .dma32), (0x0e, .dma32), (0x10, .normal), (0xcc0, .normal), (0x100cca, .movable),
    ] as [(UInt64, ZoneKind)])
  func allowed(mask: UInt64, kind: ZoneKind) {
    #expect(ZoneKind(allowedBy: mask, movable: 0x08) == kind)
  }

  @Test("is the higher, the later it comes in the kernel's list")
  func order() {
    #expect(
      [ZoneKind.device, .normal, .movable, .dma, .high, .dma32].sorted() == [
        .dma, .dma32, .normal, .high, .movable, .device,
      ])
  }
}
