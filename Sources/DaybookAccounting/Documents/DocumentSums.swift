import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// What a document comes to by rule of tax and rate, in the order in which it names them.
struct DocumentSums {
  /// What it comes to under one of them.
  struct Part {
    var taxCode: TaxCodeID?
    var rate = Rate()
    var base = Amount.zero
    var tax = Amount.zero
    /// What of it the document's own event posts.
    var postedBase = Amount.zero
    var postedTax = Amount.zero
  }

  private(set) var parts: [Part] = []

  /// Nothing.
  init() {}

  /// The sums that a document has itself.
  init(_ sums: Few<TaxSum>) {
    parts = sums.map {
      Part(taxCode: $0.taxCode, rate: $0.rate, base: $0.net, tax: $0.tax)
    }
  }

  /// The same below zero instead of above it.
  func negated() throws(ValueError) -> DocumentSums {
    var sums = self
    for index in sums.parts.indices {
      sums.parts[index].base = try parts[index].base.negated()
      sums.parts[index].tax = try parts[index].tax.negated()
    }
    return sums
  }

  /// Adds a line whose amount holds its tax.
  mutating func add(
    _ code: TaxCodeID?, _ rate: Rate, gross: Amount, tax: Amount
  ) throws(ValueError) {
    let index = index(code, rate)
    parts[index].base = try parts[index].base.adding(gross).subtracting(tax)
    parts[index].tax = try parts[index].tax.adding(tax)
  }

  /// Adds what a line of the document posts.
  mutating func post(
    _ code: TaxCodeID?, _ rate: Rate, base: Amount, tax: Amount
  ) throws(ValueError) {
    guard !base.isZero || !tax.isZero else { return }
    let index = index(code, rate)
    parts[index].postedBase = try parts[index].postedBase.adding(base)
    parts[index].postedTax = try parts[index].postedTax.adding(tax)
  }

  /// What is a deposit again has its tax again.
  mutating func post(_ released: Few<ReleasedPart>) throws(ValueError) {
    for part in released where part.ofDeposit {
      try post(parts.first?.taxCode, parts.first?.rate ?? .zero, base: .zero, tax: part.tax)
    }
  }

  /// All that the document comes to is posted by it.
  mutating func postAll() {
    for index in parts.indices {
      parts[index].postedBase = parts[index].base
      parts[index].postedTax = parts[index].tax
    }
  }

  private mutating func index(_ code: TaxCodeID?, _ rate: Rate) -> Int {
    if let index = parts.firstIndex(where: { $0.taxCode == code && $0.rate == rate }) {
      return index
    }
    parts.append(Part(taxCode: code, rate: rate))
    return parts.count - 1
  }
}
