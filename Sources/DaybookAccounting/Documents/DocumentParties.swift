public import DaybookClinicEvents
import DaybookEvents

// Those who write and receive documents, line by line as they are printed.

extension Address {
  /// Street, then place and country: those that are known.
  var lines: [String] {
    let place = [
      [postalCode, city].filter { !$0.isEmpty }.joined(separator: " "), region, country,
    ]
    return [street, place.filter { !$0.isEmpty }.joined(separator: ", ")].filter { !$0.isEmpty }
  }
}

extension InvoiceIssuer {
  /// Name, tax number, address.
  var lines: [String] { [legalName, taxNumber(taxID)] + address.lines }
}

extension ClinicDefined {
  /// Name, tax number, address: who writes what has no issuer of its own.
  public var lines: [String] {
    [legalName.isEmpty ? name : legalName, taxNumber(taxID)] + address.lines
  }
}

extension InvoiceCustomer {
  /// Name, tax number, address; of a person whose group is sealed, that it is.
  var lines: [String] {
    guard let person else { return [name, taxNumber(taxID)] + address.lines }
    guard person.sealed.isEmpty else { return ["(sealed)"] }
    return [person.name, taxNumber(person.taxID), person.address]
  }
}

/// Empty where there is none.
private func taxNumber(_ number: String) -> String {
  number.isEmpty ? "" : "Tax number \(number)"
}
