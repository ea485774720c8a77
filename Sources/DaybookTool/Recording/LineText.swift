#if Tool
  import Daybook

  /// A line as people write it: `WHAT QTY [@PRICE] [key=value ...]`.
  struct LineText {
    var what: String
    /// The quantity as it is written: `1.250kg`; nil where none is.
    var quantity: String?
    /// The price of one of the quantity's units.
    var price: String?
    var fields: [(name: String, value: String)] = []

    /// Reads a line. Quotes hold words together: `note="two words"`.
    ///
    /// - Parameter isOfAmounts: Whether its numbers are amounts, which may have their currency behind
    ///   them: `5.00 USD`.
    init(_ text: String, isOfAmounts: Bool = false) throws(ToolFailure) {
      var words = try Self.words(text)
      if isOfAmounts { words = Self.withCurrencies(words) }
      for word in words {
        guard let sign = word.firstIndex(of: "="), sign > word.startIndex else { continue }
        fields.append(
          (String(word[..<sign]), String(word[word.index(after: sign)...])))
      }
      words.removeAll { $0.contains("=") && !$0.hasPrefix("=") }
      if let index = words.firstIndex(where: { $0.hasPrefix("@") && $0.count > 1 }) {
        price = String(words.remove(at: index).dropFirst())
      }
      if words.count > 1, let last = words.last, Self.beginsWithNumber(last) {
        quantity = words.removeLast()
      }
      what = words.joined(separator: " ")
      if what.isEmpty { throw .usage("the line \(text.quoted) says no WHAT: WHAT QTY [@PRICE]") }
    }

    private static func beginsWithNumber(_ word: String) -> Bool {
      let digit = word.hasPrefix("-") ? word.dropFirst().first : word.first
      return digit.map { ("0"..."9").contains($0) } ?? false
    }

    /// Each currency is a part of the amount before it: behind WHAT, or behind `key=`.
    private static func withCurrencies(_ words: [String]) -> [String] {
      var joined: [String] = []
      for word in words {
        let before = joined.last ?? ""
        let amount = before[(before.lastIndex(of: "=") ?? before.startIndex)...]
        if joined.count > 1 || amount.hasPrefix("="), isNumber(amount),
          (try? Currency(word)) != nil
        {
          joined[joined.count - 1] += " \(word)"
        } else {
          joined.append(word)
        }
      }
      return joined
    }

    private static func isNumber(_ text: Substring) -> Bool {
      let number = text.drop { $0 == "=" || $0 == "-" }
      return !number.isEmpty && number.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
    }

    private static func words(_ text: String) throws(ToolFailure) -> [String] {
      var words: [String] = []
      var word = ""
      var isQuoted = false
      for character in text {
        if character == "\"" {
          isQuoted.toggle()
        } else if character.isWhitespace, !isQuoted {
          if !word.isEmpty { words.append(word) }
          word = ""
        } else {
          word.append(character)
        }
      }
      if isQuoted { throw .usage("a quotation mark of the line \(text.quoted) is not closed") }
      if !word.isEmpty { words.append(word) }
      return words
    }

    /// The number in front of the unit, and the unit: `1.250` and `kg`.
    static func parted(_ quantity: String) -> (number: String, unit: String) {
      let number = quantity.prefix { ("0"..."9").contains($0) || $0 == "." || $0 == "-" }
      return (String(number), String(quantity.dropFirst(number.count)))
    }
  }

  extension RecordLines {
    /// What a line says, by the fields of its list.
    ///
    /// - Parameter item: The item of that name, where it is one.
    func entered(
      _ line: LineText, item: (String) throws(ToolFailure) -> RegisterEntry?
    ) throws(ToolFailure) -> EnteredValue {
      var value = EnteredValue.empty
      func put(_ text: String, _ path: String) {
        value.put(.text(text), at: path.split(separator: ".").map(String.init))
      }
      var what = line.what
      if let written = line.quantity {
        let (number, unit) = isCounted ? LineText.parted(written) : (written, "")
        if unit.isEmpty {
          put(number, quantity)
          if let given = line.price { try putPrice(given, times: number, put) }
        } else if let item = try item(what), let factor = item.factor(of: unit) {
          let count = try Self.quantity(number, times: factor, written)
          put("\(count)", quantity)
          if let given = line.price {
            try putPrice(given, ofEach: factor, times: number, put)
          }
        } else if try item("\(what) \(written)") != nil {
          // The last word was a part of the name.
          what += " \(written)"
          put("1", quantity)
          if let given = line.price { try putPrice(given, times: "1", put) }
        } else if let item = try item(what) {
          throw .usage(
            "\(unit.quoted) is no unit of \(item.id) \(item.name.printable); it is kept in "
              + "\(ListText.or(item.units))")
        } else {
          throw .usage("\(what.quoted) is no item, so \(written.quoted) cannot be counted in units")
        }
      } else {
        if isCounted { put("1", quantity) }
        if let given = line.price { try putPrice(given, times: "1", put) }
      }
      put(what, try field(of: what, item))
      for field in line.fields { put(field.value, names[field.name.lowercased()] ?? field.name) }
      return value
    }

    /// The field that takes what is meant: an item or a service; `R12` one field, `6200` another.
    private func field(
      of what: String, _ item: (String) throws(ToolFailure) -> RegisterEntry?
    ) throws(ToolFailure) -> String {
      guard let otherwise, !what.hasPrefix("ref:") else { return self.what }
      if otherwise == "service" { return try item(what) == nil ? otherwise : self.what }
      let digits = what.drop { $0.isLetter }
      let isPrinted =
        digits.count < what.count && !digits.isEmpty && digits.allSatisfy { $0.isNumber }
      return isPrinted ? self.what : otherwise
    }

    /// The price of one, or of all where the field is the line's.
    private func putPrice(
      _ price: String, times number: String, _ put: (String, String) -> Void
    ) throws(ToolFailure) {
      if let field = self.price { return put(price, field) }
      guard let value else { throw .usage("@\(price): such a line has no price") }
      do throws(ValueError) {
        let count = try Quantity(parsing: number)
        put(
          try UnitPrice(parsing: price).times(count, in: Currency.unspecified).decimal, value)
      } catch {
        throw .usage("@\(price): \(error)")
      }
    }

    /// The price of a unit that holds several of the base unit.
    private func putPrice(
      _ price: String, ofEach factor: Quantity, times number: String,
      _ put: (String, String) -> Void
    ) throws(ToolFailure) {
      guard let field = self.price else { throw .usage("@\(price): such a line has no price") }
      do throws(ValueError) {
        let given = try UnitPrice(parsing: price).tenThousandths
        let (units, tooLarge) = given.multipliedReportingOverflow(by: 1000)
        guard !tooLarge, factor.thousandths > 0 else {
          throw ValueError(.overflow, subject: "unit price", text: price)
        }
        if units % factor.thousandths == 0 {
          return put("\(UnitPrice(tenThousandths: units / factor.thousandths))", field)
        }
        guard let value else {
          throw ValueError(.tooPrecise, subject: "unit price", text: price)
        }
        // Rounded for the price of one; the value decides.
        let rounded = try Rounding.narrowed(
          Rounding.halfAwayFromZero(Int128(units), dividedBy: Int128(factor.thousandths)))
        put("\(UnitPrice(tenThousandths: rounded))", field)
        let count = try Quantity(parsing: number)
        let total = try UnitPrice(parsing: price).times(count, in: Currency.unspecified)
        put(total.decimal, value)
      } catch {
        throw .usage("@\(price): \(error)")
      }
    }

    private static func quantity(
      _ number: String, times factor: Quantity, _ written: String
    ) throws(ToolFailure) -> Quantity {
      do throws(ValueError) {
        let count = try Quantity(parsing: number)
        let (product, tooLarge) = count.thousandths.multipliedReportingOverflow(
          by: factor.thousandths)
        guard !tooLarge, product % 1000 == 0 else {
          throw ValueError(.tooPrecise, subject: "quantity", text: written)
        }
        return Quantity(thousandths: product / 1000)
      } catch {
        throw .usage("\(error)")
      }
    }
  }

  extension RegisterEntry {
    /// How much of the base unit a unit of the item holds; nil for one that it has not.
    func factor(of unit: String) -> Quantity? {
      let wanted = unit.lowercased()
      if more.baseUnit.lowercased() == wanted { return .one }
      return more.packs.first { $0.unit.lowercased() == wanted }?.factor
    }

    /// The units in which it is counted.
    var units: [String] { [more.baseUnit] + more.packs.map(\.unit) }
  }
#endif
