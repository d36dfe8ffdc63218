/** @internal */
export function MarketplaceContent() {
  return <div />;
}
