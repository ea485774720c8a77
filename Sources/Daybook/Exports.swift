// One import brings everything that a service needs to embed the engine, and to add events of its
// own: what describes a payload throws an error of DaybookBytes.
@_exported public import DaybookAccounting
@_exported public import DaybookBytes
@_exported public import DaybookClinicEvents
@_exported public import DaybookDesk
@_exported public import DaybookEngine
@_exported public import DaybookEvents
@_exported public import DaybookHumanResources
@_exported public import DaybookLog
@_exported public import DaybookLogistics
@_exported public import DaybookReporting
@_exported public import DaybookValues
@_exported public import DaybookVisits
@_exported public import DaybookWorld
