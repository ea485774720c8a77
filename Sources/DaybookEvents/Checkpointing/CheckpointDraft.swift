package import DaybookBytes

/// All that a model holds at one moment, to be written to a checkpoint by anyone, at any later time.
///
/// Making it copies the small parts and shares the pages, whatever the model does next.
package struct CheckpointDraft: Sendable {
  /// Room in the bytes for the place of a page.
  package struct Slot: Sendable {
    /// Bytes from the start of the draft's bytes.
    package let offset: Int
    /// Which page.
    package let name: PageName
    /// The page.
    package let page: any CheckpointPage
  }

  /// The parts, with room for the places of pages.
  package let bytes: [UInt8]
  /// The pages, in the order of the description.
  package let slots: [Slot]

  init(bytes: [UInt8], slots: [Slot]) {
    self.bytes = bytes
    self.slots = slots
  }

  /// Drafts what `model` holds; nil where it declines.
  ///
  /// Pages of the model that a checkpoint has written already know it, and the others will.
  ///
  /// - Parameter givingUpPages: Whether pages of arrays that have not changed since a checkpoint wrote
  ///   them leave the memory; they are read again when they are asked for. So a model that goes on
  ///   for long keeps those that changed since the last checkpoint, and those that were read.
  package init?<Model: Checkpointed>(
    of model: inout Model, givingUpPages: Bool = false
  ) throws(WireError) {
    var parts = CheckpointParts(givingUpPages: givingUpPages)
    try model.describe(&parts)
    if parts.isDeclined { return nil }
    self = parts.draft()
  }

  /// Makes `model`, which holds nothing yet, what a draft was made of.
  ///
  /// - Parameters:
  ///   - bytes: The draft's bytes, with the places of the pages filled in.
  ///   - source: Where the pages come from.
  /// - Returns: Whether the model can be kept in a checkpoint at all.
  /// - Throws: where the bytes are not such a model's; it must be thrown away then.
  package static func restore<Model: Checkpointed>(
    _ model: inout Model, from bytes: ByteReader, pages source: any PageSource
  ) throws(WireError) -> Bool {
    var parts = CheckpointParts(bytes, source)
    try model.describe(&parts)
    if parts.isDeclined { return false }
    try parts.finish()
    return true
  }
}
