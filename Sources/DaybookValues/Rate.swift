/// A percentage in basis points: 2100 is 21 %.
@frozen public struct Rate: Hashable, Sendable {
  /// Hundredths of a percent.
  public var basisPoints: Int64

  /// No percent at all.
  @inlinable public init() {
    basisPoints = 0
  }

  /// So many hundredths of a percent.
  @inlinable public init(basisPoints: Int64) {
    self.basisPoints = basisPoints
  }

  /// Reads `5.2%`: digits, at most two decimals after a point, and the percent sign.
  ///
  /// - Throws: `.empty`, `.malformed`, `.tooPrecise`, `.overflow`.
  public init(parsing text: some StringProtocol) throws(ValueError) {
    var reader = try TextReader(String(text), subject: "rate")
    basisPoints = try DecimalText.read(&reader, scale: 2)
    try reader.take("%")
    try reader.finish()
  }

  /// 0 %.
  @inlinable public static var zero: Rate { Rate() }

  /// 100 %.
  @inlinable public static var whole: Rate { Rate(basisPoints: 10_000) }
}

extension Rate: Comparable {
  /// Ordered by size.
  @inlinable public static func < (a: Rate, b: Rate) -> Bool {
    a.basisPoints < b.basisPoints
  }
}

extension Rate: CustomStringConvertible {
  /// The percentage with as many decimals as it needs: `21%`, `5.2%`.
  public var description: String { DecimalText.printShortest(basisPoints, scale: 2) + "%" }
}
