/** Mounted by the plugin at its own route. @internal */
export function MyAccessContent() {
  return <div />;
}
