public import DaybookValues

/// The moment from which a zone's civil time stands so far from UTC.
public struct OffsetChange: Hashable, Sendable {
  /// The first instant with this offset.
  public var at: Instant
  /// What is added to UTC to get civil time.
  public var offset: UTCOffset

  /// The offset that holds from `at` on.
  public init(at: Instant, offset: UTCOffset) {
    self.at = at
    self.offset = offset
  }
}

/// Why a zone's offsets could not be told.
public struct TimeZoneError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kept them from being told.
  @nonexhaustive public enum Kind: Hashable, Sendable {
    /// No zone has that name.
    case unknownZone
    /// The zone's file is not what RFC 9636 says; the text tells where.
    case malformed(String)
    /// The zone's file could not be read.
    case unreadable(FileError)
  }

  /// The name that was asked for.
  public var zone: String
  /// What kept its offsets from being told.
  public var kind: Kind

  /// The given failure.
  public init(zone: String, kind: Kind) {
    self.zone = zone
    self.kind = kind
  }

  /// What was asked for, why it failed and what to do.
  public var description: String {
    switch kind {
    case .unknownZone:
      "no time zone is called \"\(zone)\"; give one such as Europe/Madrid (is tzdata installed?)"
    case .malformed(let what):
      "the time zone \(zone) cannot be read: \(what); install tzdata anew"
    case .unreadable(let error):
      "the time zone \(zone) cannot be read: \(error)"
    }
  }
}

/// Offsets of civil time, asked once when a clinic is defined and written into the log.
public protocol TimeZones: Sendable {
  /// The offsets of `zone` from the start of one UTC day to the end of another.
  ///
  /// The first stands at the start of `from` and tells the offset then; each later one is a real
  /// change. `at` ascends strictly.
  func transitions(
    of zone: String, from: Day, through: Day
  ) throws(TimeZoneError) -> [OffsetChange]
}

/// The zones of the IANA database as the machine has it installed (package `tzdata`).
///
/// Neither `TZ` nor `TZDIR` is asked: one log must not depend on who imported it.
public struct LiveTimeZones: TimeZones {
  private let files: any FileSystem
  private let folder: String

  /// Zones read from the files in `folder`.
  public init(
    files: any FileSystem = LiveFileSystem(), folder: String = "/usr/share/zoneinfo"
  ) {
    self.files = files
    self.folder = folder
  }

  public func transitions(
    of zone: String, from: Day, through: Day
  ) throws(TimeZoneError) -> [OffsetChange] {
    guard LiveTimeZones.isName(zone) else { throw TimeZoneError(zone: zone, kind: .unknownZone) }
    let path = FilePath.join(folder, zone)
    if files.isDirectory(path) { throw TimeZoneError(zone: zone, kind: .unknownZone) }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try files.bytes(of: path, atMost: 1 << 20)
    } catch {
      switch error.kind {
      case .notFound, .notADirectory: throw TimeZoneError(zone: zone, kind: .unknownZone)
      default: throw TimeZoneError(zone: zone, kind: .unreadable(error))
      }
    }
    // Lists of zones lie beside the zones.
    guard bytes.starts(with: TimeZoneFile.magic) else {
      throw TimeZoneError(zone: zone, kind: .unknownZone)
    }
    do throws(TimeZoneFile.Fault) {
      let file = try TimeZoneFile(bytes)
      return file.offsets(
        from: Int64(from.daysSince1970) * 86_400,
        before: (Int64(through.daysSince1970) + 1) * 86_400
      ).map { change in
        OffsetChange(
          at: Instant(milliseconds: change.at * 1000), offset: UTCOffset(seconds: change.offset))
      }
    } catch {
      throw TimeZoneError(zone: zone, kind: .malformed(error.text))
    }
  }

  // A name goes into a path, so nothing may lead out of the folder.
  private static func isName(_ zone: String) -> Bool {
    !zone.isEmpty && zone.utf8.count <= 255 && zone.utf8.first != UInt8(ascii: "/")
      && zone.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
          UInt8(ascii: "+"), UInt8(ascii: "/"):
          true
        default: false
        }
      }
  }
}
