public import DaybookClinicEvents

/// What a payer's reason code makes of an amount that nobody is to pay.
public enum DenialCode {
  /// The reasons for which a claim is lost that would have been paid: 29, sent too late.
  private static let lost = ["29"]

  /// Of a line's codes, the one that tells why nobody is to pay a part: neither that of the contract,
  /// 45, nor one of the patient's group `PR`, where there is another; empty without codes.
  public static func reason(among codes: [String]) -> String {
    let told = codes.first { !$0.hasPrefix("PR") && number($0) != "45" }
    return told ?? codes.first ?? ""
  }

  /// The adjustment that a reason code calls for: a bad debt where the clinic lost what it was
  /// entitled to, else a denial: it was not payable.
  ///
  /// Source: BOOKS section 2, insurer denies, clinic bears; the numbers are those of the claim
  /// adjustment reason codes, behind the group as in `CO-29`.
  public static func adjustment(for code: String) -> AdjustmentType {
    lost.contains(number(code)) ? .badDebt : .denied
  }

  /// The code without its group.
  private static func number(_ code: String) -> String {
    code.split(separator: "-").last.map(String.init) ?? ""
  }
}
