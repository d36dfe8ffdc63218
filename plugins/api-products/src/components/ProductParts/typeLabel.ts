const KNOWN: Record<string, string> = {
  rest: 'REST',
  graphql: 'GraphQL',
  event: 'Events',
  mcp: 'MCP',
  mixed: 'Mixed',
};

/** A product's type as people write it; types are free text, so an unknown one stays as it is. */
export function typeLabel(type: string): string {
  return KNOWN[type.toLowerCase()] ?? type;
}
