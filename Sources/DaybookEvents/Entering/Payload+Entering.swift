import DaybookBytes

extension Payload {
  /// The payload that was entered: fields by their names, everything else as it is by default.
  ///
  /// It is the description's own bytes that are made and read, so that what can be entered is what
  /// the description visits, and nothing else.
  ///
  /// - Throws: `EntryError` with the field where a value is not what the field holds, or there is no
  ///   such field.
  public init(entered value: EnteredValue, _ terms: any EntryTerms) throws(EntryError) {
    let bytes = try EntryTrace.bytes(of: Self.self, value, terms)
    do throws(WireError) {
      self = try Self(decoding: bytes)
    } catch {
      throw EntryError(.malformed, "\(error)", field: error.field)
    }
  }
}
