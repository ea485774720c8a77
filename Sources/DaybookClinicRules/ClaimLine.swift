public import DaybookClinicEvents
import DaybookValues

/// How a payer's answer to one charge adds up.
public enum ClaimLine {
  /// Whether billed = paid + contractual + patientDue + other.
  public static func isBalanced(_ line: AdjudicatedLine) -> Bool {
    var sum = MinorSum()
    sum.add(line.paid.minorUnits)
    sum.add(line.contractual.minorUnits)
    sum.add(line.patientDue.minorUnits)
    sum.add(line.other.minorUnits)
    return sum.total == Int128(line.billed.minorUnits)
  }
}
