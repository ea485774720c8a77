import DaybookClinicEvents
import DaybookDesk
import DaybookEvents
import DaybookValues

// Who, where and what there is of each: as much as the size says.
extension LegalClinic {
  /// The number of somebody who holds every role from the beginning, of 0, 1, 2 ...
  ///
  /// The third person holds none.
  static func lead(_ index: Int) -> StaffID { StaffID(UInt64(index < 2 ? index + 1 : index + 2)) }

  func lead(_ index: Int) -> StaffID { Self.lead(index) }

  /// Whether somebody holds every role from the beginning.
  func isLead(_ staff: StaffID) -> Bool {
    staff != Self.trespasser && staff.number <= Self.lead(size.staff - 1).number
  }

  /// Who acts, and who approves.
  mutating func colleagues() -> (who: StaffID, other: StaffID) {
    if size.staff == 2 { return dice.chance(60) ? (lead(0), lead(1)) : (lead(1), lead(0)) }
    let index = dice.below(size.staff)
    return (lead(index), lead((index + 1 + dice.below(size.staff - 1)) % size.staff))
  }

  /// One of the clinics, the first more often.
  mutating func somewhere() -> ClinicID {
    if size.clinics == 2 { return dice.chance(70) ? Self.north : Self.south }
    return dice.chance(30) ? Self.north : ClinicID(UInt64(dice.from(1...size.clinics)))
  }

  /// Another clinic than where everything happens just now.
  mutating func elsewhere() -> ClinicID {
    if size.clinics == 2 { return here == Self.north ? Self.south : Self.north }
    let step = dice.from(1...size.clinics - 1)
    return ClinicID((here.number - 1 + UInt64(step)) % UInt64(size.clinics) + 1)
  }

  /// Which of the first four items another one is like.
  static func like(_ item: ItemID) -> ItemID {
    item.number <= 4 ? item : [gloves, screw, cream][Int(item.number - 5) % 3]
  }

  /// One of the items that are like one of the first four.
  mutating func item(like first: ItemID) -> ItemID {
    guard size.items > 4, first != Self.tray else { return first }
    let others = (size.items - 4 + 3 - Int(first.number)) / 3
    guard others > 0 else { return first }
    let index = dice.below(others + 1)
    return index == 0 ? first : ItemID(UInt64(index - 1) * 3 + 4 + first.number)
  }

  /// What a clinic is called, and how far its clock is from UTC.
  static func clinic(_ id: ClinicID, _ rounding: TaxRounding) -> DefineClinic {
    let names = ["North", "South"]
    let index = Int(id.number) - 1
    return clinic(
      index < 2 ? names[index] : "Branch-\(id.number)",
      index % 2 == 0 ? .utc : UTCOffset(seconds: 7_200), rounding)
  }
}
