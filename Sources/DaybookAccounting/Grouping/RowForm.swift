/// How the rows of a report are asked for: which of them, and whether one by one or in sums.
public struct RowForm: Hashable, Sendable {
  /// What they are summed up by; nil for the rows themselves.
  public var by: ReportDimension?
  /// What makes a column each of one figure, where they are summed up; nil for a column a figure.
  public var pivot: ReportDimension?
  /// The only values, all of which hold at once: the numbers of a clinic, service and so on, and the
  /// raw value of a `PartyKey`.
  public var terms: [ReportDimension: UInt64]

  /// Rows in that form; every row as it is unless told otherwise.
  public init(
    by: ReportDimension? = nil, pivot: ReportDimension? = nil,
    terms: [ReportDimension: UInt64] = [:]
  ) {
    self.by = by
    self.pivot = pivot
    self.terms = terms
  }

  /// Whether it says anything of a dimension.
  func mentions(_ dimension: ReportDimension) -> Bool {
    by == dimension || pivot == dimension || terms[dimension] != nil
  }

  /// ` by clinic and month`, behind the title of the rows; nothing for the rows themselves.
  var words: String {
    guard let by else { return "" }
    return " by \(by.words)" + (pivot.map { " and \($0.words)" } ?? "")
  }
}

/// The terms of a form, resolved as of one position.
struct RowSieve {
  private let terms: [(ReportDimension, GroupKey)]

  init(_ form: RowForm, _ names: some GroupNames) {
    // In one order, whatever a dictionary has.
    terms = ReportDimension.allCases.compactMap { dimension in
      form.terms[dimension].map { value in
        guard dimension == .party else { return (dimension, GroupKey(value)) }
        return (dimension, GroupKey(names.current(UInt32(clamping: value))))
      }
    }
  }

  /// Whether a row of those groups is asked for.
  func takes(_ key: (ReportDimension) -> GroupKey) -> Bool {
    terms.allSatisfy { key($0) == $1 }
  }
}
