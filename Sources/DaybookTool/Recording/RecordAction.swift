#if Tool
  public import Daybook

  /// An action that `daybook record` takes: its word, its command, and what words and flags fill.
  ///
  /// The fields are those of the command's own description; an action only says which of them come
  /// without a name, and which names are shorter:
  ///
  /// ```swift
  /// RecordAction(
  ///   "book", BookAppointment.self, "Books a patient with a practitioner at a time.",
  ///   words: ["patient", .rest("services")],
  ///   flags: ["with": "practitioner", "at": "start", "for": "durationSeconds"])
  /// ```
  public struct RecordAction: Sendable {
    /// The word on the command line: `check-in`.
    public let word: String
    /// What it does, in one line.
    public let about: String
    /// What the words behind the action fill, in order.
    public var words: [RecordWord]
    /// Shorter names of fields: by name, the field's path, parted by points.
    public var flags: [String: String]
    /// What the lines of `--line`, `--lines` and of a line of words fill.
    public var lines: RecordLines?

    let fields: @Sendable () throws(WireError) -> [PayloadField]
    let enter: @Sendable (EnteredValue, any EntryTerms) throws(EntryError) -> any Command
    /// Works out what nobody types, before the command is made.
    var prepare: (@Sendable (inout RecordDraft) async throws -> Void)?

    /// The action `word`, which gives a command of `type`.
    public init<C: Command>(
      _ word: String, _ type: C.Type, _ about: String, words: [RecordWord] = [],
      flags: [String: String] = [:], lines: RecordLines? = nil
    ) {
      self.word = word
      self.about = about
      self.words = words
      self.flags = flags
      self.lines = lines
      fields = { () throws(WireError) in try C.entryFields }
      enter = { (value, terms) throws(EntryError) in try C(entered: value, terms) }
    }

    /// The same action with something worked out before its command is made.
    func preparing(
      _ prepare: @escaping @Sendable (inout RecordDraft) async throws -> Void
    ) -> RecordAction {
      var action = self
      action.prepare = prepare
      return action
    }
  }

  /// What a word without a name fills.
  public enum RecordWord: Sendable, Hashable, ExpressibleByStringLiteral {
    /// A field, by its path.
    case field(String)
    /// A list: this word and all that follow.
    case rest(String)
    /// Two fields: `2026-08-03..2026-08-14`, or one day for both.
    case range(String, String)
    /// A line, `pears 3kg`, as the action's lines are.
    case line

    /// A field, by its path.
    public init(stringLiteral path: String) { self = .field(path) }
  }

  /// What a line, `WHAT QTY [@PRICE] [key=value ...]`, fills.
  public struct RecordLines: Sendable, Hashable {
    /// The list that takes the lines, by its path; empty where the command itself is one line.
    public var list: String
    /// The field of what is meant: an item or a service.
    public var what: String
    /// The field of what has not the form of an identifier; nil where it is the same.
    public var otherwise: String?
    /// The field of the number: a quantity, or an amount.
    public var quantity: String
    /// Whether one is meant where no number is given.
    public var isCounted = true
    /// The field of the price of one; nil where none can be given.
    public var price: String?
    /// The field of the price of the line, for a price that does not divide; nil where there is none.
    public var value: String?
    /// Shorter names of a line's fields.
    public var names: [String: String]

    /// Lines of `list`, each so many of something.
    public init(
      _ list: String, what: String = "item", otherwise: String? = nil,
      quantity: String = "quantity", price: String? = nil, value: String? = nil,
      names: [String: String] = [:]
    ) {
      self.list = list
      self.what = what
      self.otherwise = otherwise
      self.quantity = quantity
      self.price = price
      self.value = value
      self.names = names
    }

    /// Lines of `list`, each an amount for something: `C311 45.00`.
    public init(
      _ list: String, what: String, otherwise: String? = nil, amount: String,
      names: [String: String] = [:]
    ) {
      self.init(list, what: what, otherwise: otherwise, quantity: amount, names: names)
      isCounted = false
    }
  }
#endif
