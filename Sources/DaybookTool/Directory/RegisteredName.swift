#if Tool
  import Daybook

  /// What a version of something registered is found by: one row of the register.
  struct RegisteredName: HistoryRow {
    var position = Position.start
    var kind = RegisterKind.patients
    var stream = StreamID(StreamKind(0), 0)
    /// The row of the version before this one; -1 for none.
    var previous: Int32 = -1
    /// The effective day of this version, and of the first one.
    var day = Day()
    var since = Day()
    var name = ""
    /// The code that it is known by; empty where it has none.
    var code = ""
    /// The source reference of what registered it; empty where there is none.
    var reference = ""
    /// Whether it is found by its name: not what was merged into another.
    var isLive = true

    static var blank: RegisteredName { RegisteredName() }

    init() {}

    init(reading reader: inout ByteReader) throws(WireError) {
      position = try Position(reading: &reader)
      let number = try reader.readByte()
      guard let kind = RegisterKind(number: number) else {
        throw WireError(.unknownCase(UInt64(number)), at: reader.offset)
      }
      self.kind = kind
      stream = try StreamID(reading: &reader)
      previous = try Int32(reading: &reader)
      day = try Day(reading: &reader)
      since = try Day(reading: &reader)
      name = try String(reading: &reader)
      code = try String(reading: &reader)
      reference = try String(reading: &reader)
      isLive = try Bool(reading: &reader)
    }

    func append(to writer: inout ByteWriter) {
      position.store(to: &writer)
      writer.append(kind.number)
      stream.store(to: &writer)
      previous.store(to: &writer)
      day.store(to: &writer)
      since.store(to: &writer)
      name.store(to: &writer)
      code.store(to: &writer)
      reference.store(to: &writer)
      isLive.store(to: &writer)
    }
  }

  /// What else a list says of that version: read only where it is shown.
  struct RegisteredDetails: HistoryRow {
    var position = Position.start
    /// The printed identifier: `P17`.
    var id = ""
    /// What stands beside the name, in the order of the kind's columns.
    var details: [RegisterDetail] = []
    /// Of a member of staff: the clinics worked at.
    var clinics: Few<ClinicID> = []
    /// Of an item: what one of it is, and the units in which it is bought or counted.
    var baseUnit = ""
    var packs: [ItemPack] = []

    static var blank: RegisteredDetails { RegisteredDetails() }

    init() {}

    init(reading reader: inout ByteReader) throws(WireError) {
      position = try Position(reading: &reader)
      id = try String(reading: &reader)
      details = try [RegisterDetail](reading: &reader)
      clinics = try Few<ClinicID>(reading: &reader)
      baseUnit = try String(reading: &reader)
      packs = try [ItemPack](reading: &reader)
    }

    func append(to writer: inout ByteWriter) {
      position.store(to: &writer)
      id.store(to: &writer)
      details.store(to: &writer)
      clinics.store(to: &writer)
      baseUnit.store(to: &writer)
      packs.store(to: &writer)
    }
  }

  /// A unit of an item, and how much of the base unit it holds.
  struct ItemPack: StoredRecord {
    var unit = ""
    var factor = Quantity.zero

    static var blank: ItemPack { ItemPack() }

    init() {}

    init(_ pack: Pack) {
      unit = pack.unit
      factor = pack.factor
    }

    mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
      try fields.visit(&unit)
      try fields.visit(&factor)
    }
  }

  /// A cell of a list, in a form that a checkpoint keeps.
  enum RegisterDetail: StoredValue {
    case empty
    case text(String)
    case identifier(String)
    case count(Int64)
    case day(Day)

    static var blank: RegisterDetail { .empty }

    /// The cell.
    var cell: Cell {
      switch self {
      case .empty: .empty
      case .text(let text): .text(text)
      case .identifier(let text): .identifier(text)
      case .count(let count): .count(count)
      case .day(let day): .day(day)
      }
    }

    init(reading reader: inout ByteReader) throws(WireError) {
      let number = try reader.readByte()
      switch number {
      case 0: self = .empty
      case 1: self = .text(try String(reading: &reader))
      case 2: self = .identifier(try String(reading: &reader))
      case 3: self = .count(try Int64(reading: &reader))
      case 4: self = .day(try Day(reading: &reader))
      default: throw WireError(.unknownCase(UInt64(number)), at: reader.offset)
      }
    }

    func store(to writer: inout ByteWriter) {
      switch self {
      case .empty: writer.append(0)
      case .text(let text):
        writer.append(1)
        text.store(to: &writer)
      case .identifier(let text):
        writer.append(2)
        text.store(to: &writer)
      case .count(let count):
        writer.append(3)
        count.store(to: &writer)
      case .day(let day):
        writer.append(4)
        day.store(to: &writer)
      }
    }
  }

  /// What the tool knows of a clinic: its money, its time and its year.
  struct RegisteredClinic: StoredRecord {
    var position = Position.start
    var clinic = ClinicID()
    var currency = Currency.unspecified
    var transitions: Few<ZoneTransition> = []
    var fiscalYearStartMonth: UInt32 = 1

    static var blank: RegisteredClinic { RegisteredClinic() }

    init() {}

    init(_ defined: ClinicDefined, at position: Position) {
      self.position = position
      clinic = defined.clinic
      currency = defined.currency
      transitions = defined.transitions
      fiscalYearStartMonth = UInt32(defined.fiscalYearStartMonth)
    }

    mutating func describe<V: StoredVisitor & ~Copyable>(_ fields: inout V) throws(V.Failure) {
      try fields.visit(&position)
      try fields.visit(&clinic)
      try fields.visit(&currency)
      try fields.visit(&transitions)
      try fields.visit(&fiscalYearStartMonth)
    }

    /// Civil time at `instant`.
    func moment(_ instant: Instant) -> Moment {
      Moment(
        instant, transitions.last { $0.at.map { $0 <= instant } ?? true }?.offset ?? .utc)
    }

    /// The instant of a wall clock's time here; where the clock skips it, as if it had not yet.
    func instant(_ day: Day, secondOfDay: Int) throws(ValueError) -> Instant {
      let local = try Moment(day, secondOfDay: secondOfDay).instant
      var offset = moment(local).offset
      // The offset at the time itself, found from the offset near it.
      offset = moment(try Moment(day, secondOfDay: secondOfDay, offset: offset).instant).offset
      return try Moment(day, secondOfDay: secondOfDay, offset: offset).instant
    }
  }
#endif
