public import DaybookEvents

extension FamilyNumber {
  // 1 to 99 are the clinic's. A number is never reused.

  /// Clinics, roles, services, parties: what the other families refer to.
  @inlinable public static var administration: FamilyNumber { FamilyNumber(1) }
  /// Patients, appointments, visits, encounters and what is done in them.
  @inlinable public static var frontOffice: FamilyNumber { FamilyNumber(2) }
  /// Charges, payments, claims, tills, invoices, periods.
  @inlinable public static var accounting: FamilyNumber { FamilyNumber(3) }
  /// Staff, time, absence, commission, payroll.
  @inlinable public static var humanResources: FamilyNumber { FamilyNumber(4) }
  /// Items, orders, receipts, stock, equipment.
  @inlinable public static var logistics: FamilyNumber { FamilyNumber(5) }
  /// What undoes events of any family.
  @inlinable public static var corrections: FamilyNumber { FamilyNumber(6) }
}
