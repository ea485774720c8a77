public import DaybookClinicEvents
import DaybookValues

/// What a till counts: how much of each way of paying should be there.
public struct TillSums: Hashable, Sendable {
  // By the number of the way of paying, from cash on.
  private var sums: [Int64]

  /// Nothing.
  public init() { sums = Array(repeating: 0, count: Self.methods.count) }

  /// So much of each way of paying, in the order of `methods`; what is left out is nothing.
  public init(_ sums: [Int64]) {
    self.init()
    for (index, sum) in sums.prefix(self.sums.count).enumerated() { self.sums[index] = sum }
  }

  /// Every way of paying, in the order in which a closing lists them.
  public static let methods: [MethodType] =
    [.cash, .card, .transfer, .directDebit, .cheque, .voucher, .online]

  /// So much of each, in the order of `methods`.
  public var all: [Int64] { sums }

  /// What should be there of a way of paying.
  public subscript(method: MethodType) -> Int64 {
    method == .unspecified ? 0 : sums[Int(method.rawValue) - 1]
  }

  /// Adds what came in, or below zero what went out.
  ///
  /// - Returns: Whether the sum still fits.
  public mutating func add(_ amount: Int64, by method: MethodType) -> Bool {
    guard method != .unspecified else { return true }
    let index = Int(method.rawValue) - 1
    let (sum, tooLarge) = sums[index].addingReportingOverflow(amount)
    if !tooLarge { sums[index] = sum }
    return !tooLarge
  }

  /// What changes hands for `amount`: with the tip on top, and what the coins round.
  ///
  /// - Returns: Nil beyond 64 bits.
  public static func changesHands(
    _ amount: Int64, tip: Int64, rounding: Int64
  ) -> Int64? {
    Int64(exactly: Int128(amount) + Int128(tip) + Int128(rounding))
  }
}

extension PaymentMethod {
  /// What changes hands for `amount` minor units with that tip; nil beyond 64 bits.
  public func changesHands(_ amount: Int64, tip: Int64 = 0) -> Int64? {
    TillSums.changesHands(amount, tip: tip, rounding: rounding?.minorUnits ?? 0)
  }
}
