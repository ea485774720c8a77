import DaybookBytes
import DaybookClinicEvents

extension Importer {
  /// 64 hexadecimal digits that stand for a text in a reference.
  static func hash(of text: String) -> String {
    var hash = SHA256()
    hash.update(Array(text.utf8))
    return hash.finalize().description
  }
}
