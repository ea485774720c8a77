public import DaybookBytes
public import DaybookValues

extension Fields {
  /// Visits field 15, the currency of the event's amounts where it is not the clinic's.
  ///
  /// Every event with an amount visits it, as its field 15. All amounts of one event have one
  /// currency; an amount without a currency has that one.
  @inlinable
  @inline(always)
  public mutating func currency() throws(WireError) {
    guard _fastPath(mode == .reading) else { return try putCurrency() }
    currencyVisited = true
    if try take(15, .bytes, "currency") { try readCurrency() }
  }

  @usableFromInline
  mutating func readCurrency() throws(WireError) {
    let offset = reader.offset
    let named: Currency = try read("currency")
    // A writer leaves out the clinic's own.
    if named == clinicCurrency {
      note("currency")
      throw WireError(.notCanonical, at: offset)
    }
    amounts = named
  }

  @usableFromInline
  mutating func putCurrency() throws(WireError) {
    if mode == .tracing {
      traceValue(15, "currency", amounts == clinicCurrency ? nil : amounts, presence: .explicit)
      return
    }
    currencyVisited = true
    if amounts == clinicCurrency { return }
    writeKey(15, .bytes, "currency")
    try amounts.write(&self)
  }

  /// Learns the event's currency from an amount about to be written, and holds the rest to it.
  @usableFromInline
  mutating func adopt(_ currency: Currency) throws(WireError) {
    if currency == .unspecified { return }
    if namedCurrency == .unspecified {
      namedCurrency = currency
      if currency == amounts { return }
      // Too late for field 15.
      if currencyVisited { throw WireError(.mixedCurrencies, at: writer.count) }
      amounts = currency
    } else if currency != namedCurrency {
      throw WireError(.mixedCurrencies, at: writer.count)
    }
  }
}
