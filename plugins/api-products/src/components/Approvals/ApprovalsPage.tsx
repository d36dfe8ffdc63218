/** Mounted by the plugin at its own route. @internal */
export function ApprovalsContent() {
  return <div />;
}
