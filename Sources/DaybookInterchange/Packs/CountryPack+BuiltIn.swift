extension CountryPack {
  /// The names of the packs that come with the program.
  public static let names = texts.map(\.name)

  /// The pack of that name; nil where none comes with the program.
  ///
  /// - Throws: `PackError`, for a text that no test has read.
  public static func builtIn(_ name: String) throws(PackError) -> CountryPack? {
    guard let found = texts.first(where: { $0.name == name }) else { return nil }
    return try CountryPack(String(decoding: found.text(), as: UTF8.self), file: "\(name).pack")
  }

  /// The files beside this one, built in.
  private static let texts: [(name: String, text: @Sendable () -> [UInt8])] = [
    ("es", { PackageResources.es_pack }),
    ("de-skr03", { PackageResources.de_skr03_pack }),
    ("de-skr04", { PackageResources.de_skr04_pack }),
    ("fr", { PackageResources.fr_pack }),
    ("us", { PackageResources.us_pack }),
  ]
}
