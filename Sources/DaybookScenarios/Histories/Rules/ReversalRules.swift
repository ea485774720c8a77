import DaybookAccounting
import DaybookClinicEvents
import DaybookEvents
import DaybookValues

/// Undoing undoes: on every account, at every clinic and for every party an event and what reverses it
/// come to nothing, to the cent and at the original's rates.
struct ReversalRules: Sendable {
  /// Who reverses whom.
  private var originals: [(reversal: Position, original: Position)] = []

  mutating func take(_ reversed: Reversed, _ header: RecordHeader) {
    originals.append((header.position, reversed.of))
  }

  /// The entries of the books, each as one number: the sum of its amounts, each times a number that
  /// stands for its account, clinic and party. What comes to nothing on each of them comes to nothing.
  func compare(with books: AccountingModel, _ faults: inout Faults) {
    var sums: [Position: UInt64] = [:]
    for (reversal, original) in originals { (sums[reversal], sums[original]) = (0, 0) }
    books.forEachPosting { posting in
      guard let sum = sums[posting.position] else { return }
      let amount = UInt64(bitPattern: posting.amount.minorUnits)
      sums[posting.position] = sum &+ amount &* Self.number(of: posting)
    }
    for (reversal, original) in originals {
      let rest = (sums[reversal] ?? 0) &+ (sums[original] ?? 0)
      faults.require(rest == 0, "\(reversal) does not undo \(original) in the books")
    }
  }

  private static func number(of posting: BookedPosting) -> UInt64 {
    var dice = posting.account.code.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x0100_0000_01b3
    }
    dice ^= posting.clinic << 40 ^ UInt64(posting.party.rawValue)
    var mixed = Dice(seed: dice)
    return mixed.next() | 1
  }
}
