#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Which process this is and since which start of the machine it runs.
public struct ProcessFacts: Hashable, Sendable {
  /// The process number.
  public var processID: Int32
  /// What tells this start of the machine from every other.
  public var boot: BootID

  /// The given facts, for a simulated process.
  public init(processID: Int32, boot: BootID) {
    self.processID = processID
    self.boot = boot
  }

  /// The facts of the running process; the start of the machine is read once.
  public static var live: ProcessFacts { ProcessFacts(processID: getpid(), boot: BootID.live) }
}

/// 128 bits that the kernel draws when the machine starts.
///
/// What was written but not synced can be believed only within the same start, while the page
/// cache that holds it still lives.
public struct BootID: Hashable, Sendable, CustomStringConvertible {
  /// The first eight bytes, the first one highest.
  public var high: UInt64
  /// The last eight bytes, the first one highest.
  public var low: UInt64

  /// The start with these bits; both zero means not known.
  public init(high: UInt64 = 0, low: UInt64 = 0) {
    self.high = high
    self.low = low
  }

  /// The number written as the kernel does, 32 hexadecimal digits with hyphens among them.
  ///
  /// - Returns: nil when the digits are not 32.
  public init?(parsing text: String) {
    var digits = 0
    self.init()
    for character in text.utf8 where character != UInt8(ascii: "-") {
      guard let digit = Character(Unicode.Scalar(character)).hexDigitValue, digits < 32 else {
        return nil
      }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(digit)
      digits += 1
    }
    if digits != 32 { return nil }
  }

  /// This start of this machine; zero where the system does not tell.
  public static let live: BootID = {
    let digits = told().prefix { $0 != 0x0A && $0 != 0 }
    return BootID(parsing: String(decoding: digits, as: UTF8.self)) ?? BootID()
  }()

  #if canImport(Darwin)
    /// What the kernel tells of this start as text; empty where it does not.
    private static func told() -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: 64)
      var count = bytes.count
      let code = unsafe sysctlbyname("kern.bootsessionuuid", &bytes, &count, nil, 0)
      return code == 0 ? Array(bytes.prefix(count)) : []
    }
  #else
    /// What the kernel tells of this start as text; empty where it does not.
    private static func told() -> [UInt8] {
      (try? LiveFileSystem().bytes(of: "/proc/sys/kernel/random/boot_id", atMost: 64)) ?? []
    }
  #endif

  /// Whether nothing is known, so that it must not be taken for the same start as another.
  public var isUnknown: Bool { high == 0 && low == 0 }

  /// 32 hexadecimal digits.
  public var description: String {
    let parts = [high, low].map { part in
      let digits = String(part, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    return parts.joined()
  }
}
