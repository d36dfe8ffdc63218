/** The path of a field as words: `rateLimit.requests` is “Rate limit, requests”. */
export function fieldWords(field: string): string {
  const words = field
    .split('.')
    .map(part => part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())
    .join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
