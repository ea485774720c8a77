// The tool with the clinic's own catalogue; a third party's differs in this file alone.
#if Tool
  import DaybookTool

  await DaybookTool.end(with: DaybookTool.main())
#endif
