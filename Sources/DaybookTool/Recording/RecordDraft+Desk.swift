#if Tool
  import Daybook

  extension RecordDraft {
    /// Receive: a supplier stands where no order was named.
    mutating func receiveFromWhom() {
      guard let text = text("order"), text.printedNumber(of: OrderKind.self) == nil,
        !text.hasPrefix("ref:")
      else { return }
      remove("order")
      put(text, at: "supplier")
    }
  }
#endif
