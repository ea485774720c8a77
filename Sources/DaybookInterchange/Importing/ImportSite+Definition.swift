import DaybookDesk

extension ImportSite {
  /// A clinic that a file names, with currency and zone of the one that it is imported at.
  func definition(named name: String) -> DefineClinic {
    var command = DefineClinic()
    command.name = name
    command.timeZone = zone
    command.transitions = transitions
    command.currency = currency
    command.fiscalYearStartMonth = 1
    return command
  }
}
