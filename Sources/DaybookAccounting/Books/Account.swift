import DaybookClinicEvents

/// What an account is, which decides where it stands in statements and how a year is closed.
public enum AccountKind: String, CaseIterable, Hashable, Sendable {
  /// What the clinic owns or is owed.
  case asset
  /// What it owes.
  case liability
  /// What is its owners'.
  case equity
  /// What it earned.
  case income
  /// What that cost.
  case expense

  /// The kind that an account's type on record is; what is not said counts as an asset.
  init(_ type: LedgerAccountType) {
    switch type {
    case .asset, .unspecified: self = .asset
    case .liability: self = .liability
    case .equity: self = .equity
    case .income: self = .income
    case .expense: self = .expense
    }
  }

  /// The root of the accounts of this kind in plain-text accounting.
  var root: String {
    switch self {
    case .asset: "Assets"
    case .liability: "Liabilities"
    case .equity: "Equity"
    case .income: "Income"
    case .expense: "Expenses"
    }
  }
}

/// An account of the ledger.
public struct Account: Hashable, Sendable {
  /// The code that it is known and ordered by: `1010`.
  public let code: String
  /// The name: `Cash, till`.
  public let name: String
  /// What it is.
  public let kind: AccountKind
  /// The name in exported journals: `Assets:1010-Cash-Till`, valid in hledger, ledger and beancount.
  public let exportName: String

  /// An account; its exported name follows from the rest.
  public init(_ code: String, _ name: String, _ kind: AccountKind) {
    self.code = code
    self.name = name
    self.kind = kind
    exportName = "\(kind.root):\(code)-\(Self.words(name))"
  }

  /// A letter of Latin languages as the three tools take it: without what stands above or below it.
  private static func plain(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    switch scalar {
    case "à"..."å": "a".unicodeScalars
    case "À"..."Å": "A".unicodeScalars
    case "æ": "ae".unicodeScalars
    case "ç": "c".unicodeScalars
    case "Ç": "C".unicodeScalars
    case "è"..."ë": "e".unicodeScalars
    case "È"..."Ë": "E".unicodeScalars
    case "ì"..."ï": "i".unicodeScalars
    case "Ì"..."Ï": "I".unicodeScalars
    case "ñ": "n".unicodeScalars
    case "Ñ": "N".unicodeScalars
    case "ò"..."ö", "ø": "o".unicodeScalars
    case "Ò"..."Ö", "Ø": "O".unicodeScalars
    case "œ": "oe".unicodeScalars
    case "ß": "ss".unicodeScalars
    case "ù"..."ü": "u".unicodeScalars
    case "Ù"..."Ü": "U".unicodeScalars
    default: String(scalar).unicodeScalars
    }
  }

  /// The words of `name`, each with a capital, between hyphens: the letters that all three tools take.
  private static func words(_ name: String) -> String {
    var result = ""
    var begins = true
    for scalar in name.unicodeScalars.flatMap(Self.plain) where scalar != "'" {
      guard scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) else {
        begins = true
        continue
      }
      if begins, !result.isEmpty { result.append("-") }
      result.append(begins ? scalar.properties.uppercaseMapping : String(scalar))
      begins = false
    }
    return result
  }
}
