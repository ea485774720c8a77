public import DaybookClinicEvents
import DaybookValues

/// What a patient pays of a charge that a payer covers.
///
/// Shares are rounded down, the remainder is the insurer's. Source: BOOKS section 2,
/// ResponsibilityTransferred.
public enum CoverageSplit {
  /// The patient's part of `total`, in minor units.
  ///
  /// - Parameters:
  ///   - total: The whole charge with its tax, not below zero.
  ///   - copay: What is agreed; a fixed amount is in the charge's currency.
  /// - Returns: Between zero and `total`.
  public static func patientPart(of total: Int64, _ copay: Copay) -> Int64 {
    switch copay {
    case .fixed(let amount): return min(max(0, amount.minorUnits), total)
    case .share(let rate):
      let part = Int128(total) * Int128(rate.basisPoints) / 10_000
      return Int64(min(max(0, part), Int128(total)))
    }
  }

  /// Why the patient's part is the patient's.
  public static func reason(_ copay: Copay) -> TransferReason {
    switch copay {
    case .fixed: .copay
    case .share: .coinsurance
    }
  }
}
