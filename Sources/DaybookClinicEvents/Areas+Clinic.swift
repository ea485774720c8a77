public import DaybookEvents

// Events name the areas that they feed. Tax is fed by what a return of value added tax counts: exempt
// turnover too, since the deductible share of input tax rests on it.
extension Areas {
  /// The books: postings, and what they are made by.
  public static var accounting: Areas { Areas(rawValue: 1 << 0) }
  /// Staff, time, commission and payroll.
  public static var humanResources: Areas { Areas(rawValue: 1 << 1) }
  /// Items, stock and equipment.
  public static var logistics: Areas { Areas(rawValue: 1 << 2) }
  /// The returns of value added tax.
  public static var tax: Areas { Areas(rawValue: 1 << 3) }
}
