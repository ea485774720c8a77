public import DaybookBytes

/// All that an event says about one person in words: name, contacts, free text.
///
/// Field 1 is the person, field 2 is empty as long as the group stands plain, its own fields begin
/// at 3. Later versions may seal the fields with a key of that person, kept outside the log:
/// erasing the key erases the person and keeps the accounts.
public protocol PersonalGroup: Payload {
  /// The person's number, dense, from 1.
  var person: UInt64 { get set }
  /// The sealed fields; empty as long as they stand plain.
  var sealed: [UInt8] { get set }
}

extension Fields {
  /// Visits fields 1 and 2 of a personal group.
  @inlinable
  public mutating func personal(
    _ person: inout UInt64, _ sealed: inout [UInt8]
  ) throws(WireError) {
    try visit(1, "person", &person)
    try visit(2, "sealed", &sealed)
  }
}
