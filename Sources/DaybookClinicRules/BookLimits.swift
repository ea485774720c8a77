/// How many of a thing one book keeps: its postings name each by sixteen bits.
///
/// The Desk refuses the next one, since the books could not post what names it.
public enum BookLimits {
  /// Clinics.
  public static let clinics = 65_535
  /// Members of staff, ever: who records something is told from the others, and so are importers.
  public static let staff = 65_000
  /// Accounts of a clinic's own, beside the built-in ones. Closing a year has a line for each.
  public static let ownAccounts = 60_000
  /// Rules of tax.
  public static let taxCodes = 65_535
  /// Lines of a ticket or a payroll, each of which makes up to eight lines of its entry. Whatever else
  /// has lines has no more than its event's list may have, each with fewer lines of an entry.
  public static let documentLines = 8_000
}
