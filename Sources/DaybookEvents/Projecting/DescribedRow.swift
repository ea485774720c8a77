public import DaybookBytes

/// A row whose fields are said once, for the digest and for checkpoints alike.
public protocol DescribedRow: HistoryRow, StoredRecord {}

extension DescribedRow {
  /// Appends the fields one after the other.
  @inlinable
  public func append(to writer: inout ByteWriter) {
    var copy = self
    copy.describe(&writer)
  }

  /// Appends the fields one after the other: a checkpoint keeps what the digest is made of.
  @inlinable
  public func store(to writer: inout ByteWriter) { append(to: &writer) }
}
