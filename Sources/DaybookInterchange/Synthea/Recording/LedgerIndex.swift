import DaybookValues

/// The rows of claims_transactions.csv, kept small: who and what is meant are numbers, and all
/// identifiers stand in one run of bytes. A row takes some 130 bytes.
struct LedgerIndex {
  /// One row.
  struct Entry {
    /// `CHARGEID`.
    var number: Int64
    /// Minor units.
    var amount: Int64
    /// `FROMDATE`, in milliseconds.
    var from: Int64
    /// The `CHARGEID` of the first row of the transfer; -1 for the one before, and in all other rows.
    var transferOut: Int64
    /// Where the row's own identifier ends among the identifiers' bytes.
    var idEnd: Int
    var row: Int32
    var claim: Int32
    var encounter: Int32
    var patient: Int32
    /// The clinic, or -1 where the row needs none.
    var place: Int32
    /// The provider, or -1 where the row needs none.
    var provider: Int32
    /// The service, or -1 where the row needs none.
    var service: Int32
    var units: UInt32
    var kind: TransactionRow.Kind
    var method: TransactionRow.Method?
    var party: TransactionRow.Party?
  }

  private(set) var entries: [Entry] = []
  private var idBytes: [UInt8] = []
  /// The entries by claim and `CHARGEID`.
  private(set) var byClaim: [Int32] = []
  /// The charges by encounter, claim and `CHARGEID`.
  private(set) var charges: [Int32] = []

  /// Adds a row, whose `idEnd` is filled in.
  mutating func append(_ entry: Entry, id: String) {
    var entry = entry
    idBytes.append(contentsOf: id.utf8)
    entry.idEnd = idBytes.count
    entries.append(entry)
  }

  /// `ID` of an entry.
  func id(_ index: Int) -> String {
    let start = index == 0 ? 0 : entries[index - 1].idEnd
    return String(decoding: idBytes[start..<entries[index].idEnd], as: UTF8.self)
  }

  /// Puts the rows in order, once all are there. Rows of one `CHARGEID` keep the file's order.
  mutating func sort() {
    byClaim = (0..<Int32(entries.count)).sorted { left, right in
      let (a, b) = (Int(left), Int(right))
      if entries[a].claim != entries[b].claim { return entries[a].claim < entries[b].claim }
      if entries[a].number != entries[b].number { return entries[a].number < entries[b].number }
      return left < right
    }
    // The charges of an encounter keep that order: a claim's before the next claim's.
    let all = byClaim.filter { entries[Int($0)].kind == .charge }
    charges = all.enumerated().sorted { left, right in
      let (a, b) = (entries[Int(left.element)].encounter, entries[Int(right.element)].encounter)
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
  }

  /// Where the members of `list` whose key is `key` stand; the keys ascend.
  ///
  /// - Complexity: O(log n).
  static func range<Member>(
    of key: Int32, in list: [Member], _ keyOf: (Member) -> Int32
  ) -> Range<Int> {
    func first(where isReached: (Int32) -> Bool) -> Int {
      var low = 0
      var high = list.count
      while low < high {
        let middle = (low + high) / 2
        if isReached(keyOf(list[middle])) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return first { $0 >= key }..<first { $0 > key }
  }

  /// The entries of a claim, in order.
  func rows(ofClaim claim: Int) -> ArraySlice<Int32> {
    byClaim[Self.range(of: Int32(claim), in: byClaim) { entries[Int($0)].claim }]
  }

  /// The charges of an encounter, in order.
  func charges(ofEncounter encounter: Int) -> ArraySlice<Int32> {
    charges[Self.range(of: Int32(encounter), in: charges) { entries[Int($0)].encounter }]
  }
}
