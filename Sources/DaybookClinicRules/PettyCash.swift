/// What petty cash may be spent on: accounts of small expenses, advances and drawings.
public enum PettyCash {
  /// Their codes in the standard chart.
  public static let accounts = [
    "1240", "1480", "3050", "5010", "6100", "6110", general, "6130", "6140", "6200", "6210",
  ]

  /// The code of the one for what has no other: general expenses.
  public static let general = "6120"
}
