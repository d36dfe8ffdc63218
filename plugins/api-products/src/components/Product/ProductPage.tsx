/** @internal */
export function ProductPage() {
  return <div />;
}
