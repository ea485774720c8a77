public import DaybookBytes
public import DaybookClinicEvents
import DaybookClinicRules
public import DaybookEvents
public import DaybookValues

/// Says which accounts the entries of one event go to, from a day on.
///
/// Answers with `PostingRuleSet`, effective on its first day, which no clinic has closed for its books:
/// an entry is made once, and a rule never makes one anew.
///
/// The event makes entries, the slots are those of income and expenses, and so are the accounts. Two
/// things that a rule has room for are refused. A slot of what is owed, held or deposited keeps its
/// account, by which open items and the proofs of the books find it: the chart of a country renames
/// that account, and no rule moves it. And no event has forms beside its slots, so a variant names
/// none: what differs from form to form is a slot of its own, such as exempt and taxable income, or
/// what a treatment uses and what is written off.
public struct SetPostingRule: Command, Hashable {
  /// The decision state.
  public typealias State = DeskState

  /// The name of the event: `ChargePosted`.
  public var eventType = ""
  /// Which form of the event the rule is for; empty for every one, and nothing else is known.
  public var variant = ""
  /// What the slots mean from then on; others keep their built-in accounts.
  public var slots: Few<PostingSlot> = []
  /// The first day; nil for that on which it takes effect.
  public var from: Day?

  /// No rule: to be filled in.
  public init() {}

  public mutating func describe(_ fields: inout Fields) throws(WireError) {
    try fields.visit(1, "eventType", &eventType)
    try fields.visit(2, "variant", &variant)
    try fields.visit(3, "slots", &slots)
    try fields.visit(4, "from", &from)
  }
}

extension SetPostingRule {
  public func decide(
    given state: State, in context: DecisionContext, into decision: inout Decision
  ) throws(Refusal) {
    var review = Review(context, state, allowed: [.admin, .accountant])
    let known = PostingSlots.events.contains(eventType)
    if !known { review.refuse(CatalogueRefusal.noEntries(eventType), "eventType") }
    if !variant.isEmpty {
      review.refuse(CatalogueRefusal.noVariant(variant, of: eventType), "variant")
    }
    if slots.isEmpty { review.refuse(DeskRefusal.missing("a slot"), "slots") }
    for slot in slots {
      if !PostingSlots.names.contains(slot.slot) {
        review.refuse(CatalogueRefusal.noSlot(slot.slot), "slots.slot")
      }
      guard let type = state.catalogue.accountType(slot.account) else {
        review.refuse(DeskRefusal.unknown(kind: "account", name: slot.account), "slots.account")
        continue
      }
      if !PostingSlots.allows(type) {
        review.refuse(CatalogueRefusal.notForSlots(slot.account, type), "slots.account")
      }
    }
    if Set(slots.map(\.slot)).count != slots.count {
      review.refuse(DeskRefusal.namedTwice("slot"), "slots")
    }
    let effective = review.beginning(of: from, "from")
    try review.conclude(into: &decision)

    let rule = state.catalogue.rule(of: eventType, variant)
    let id = rule ?? PostingRuleID(decision.nextNumber(PostingRuleKind.streamKind))
    let set = PostingRuleSet.with {
      $0.rule = id
      $0.eventType = eventType
      $0.variant = variant
      $0.slots = slots
      $0.from = effective.day
    }
    // A rule is for the whole book.
    let clinics = (0..<state.administration.clinics.count).map { UInt64($0) + 1 }
    try decision.append(
      set, to: id.number, expecting: rule == nil ? .noStream : .any, effective: effective,
      otherClinics: clinics.filter { $0 != context.clinic })
  }
}

extension Review {
  /// When what holds from `day` on takes effect: then, or with the action where no day is named.
  mutating func beginning(of day: Day?, _ field: String) -> Moment {
    guard let day, day != effective.day else { return effective }
    guard day.isInRange, let midnight = try? Moment(day, offset: effective.offset) else {
      refuse(DeskRefusal.outOfRange("\(day)", "a day of the years 1 to 9999"), field)
      return effective
    }
    // The clinic's clock may be another then: twice, so that the offset is that of the midnight.
    let offset = moment(midnight.instant).offset
    return (try? Moment(day, offset: offset)) ?? midnight
  }
}
