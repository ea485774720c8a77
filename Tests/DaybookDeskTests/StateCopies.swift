import DaybookBytes
import DaybookDesk
import DaybookTesting

extension DeskState {
  /// The bytes of all that the state holds.
  func storedBytes() throws -> [UInt8] { try MemoryPages.state(of: self) }

  /// The state as a checkpoint brings it back, and the pages that it reads when they are touched.
  func reloaded() throws -> (state: DeskState, pages: MemoryPages) {
    var copy = self
    let (state, pages) = try MemoryPages.copy(&copy, into: DeskState())
    return (state, pages)
  }
}
