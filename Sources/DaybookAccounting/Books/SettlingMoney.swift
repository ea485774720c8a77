import DaybookClinicEvents

/// Whose the money of an entry is, where money settles charges by it or no longer does.
///
/// The one place that says which entries those are: what of charges is collected, what statements and
/// claims call paid. What takes something off a charge, or has another owe it, is none of them, nor
/// what a charge, a ticket or an entry by hand posts.
enum SettlingMoney {
  /// Of the party of the entry's first line: it came in, or was applied; or an insurer took it back.
  case ofFirst
  /// Of that of its last line: it went back to where it came from, or is credit again.
  case ofLast

  /// By the index of the rule; nil for entries that no money makes.
  static let byRule: [SettlingMoney?] = PostingRule.builtIn.map { rule in
    if rule.isOf(PaymentReceived.self) || rule.isOf(PaymentAllocated.self)
      || rule.isOf(RemittanceReceived.self)
    {
      return .ofFirst
    }
    return rule.isOf(AllocationReleased.self) || rule.isOf(PaymentReturned.self) ? .ofLast : nil
  }
}

extension Posting {
  /// What of a charge is settled by money with it; below zero where it no longer is.
  ///
  /// In such entries a line names a charge only where it is on the receivable.
  var collected: Int64 {
    charge != 0 && SettlingMoney.byRule[Int(rule)] != nil ? 0 &- amount : 0
  }
}
