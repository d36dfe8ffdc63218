import { fieldWords } from './fieldWords';

it.each([
  ['title', 'Title'],
  ['keyLifetime', 'Key lifetime'],
  ['rateLimit.requests', 'Rate limit, requests'],
  ['sla.latencyP95Ms', 'Sla, latency p95ms'],
])('%s is called %s', (field, words) => {
  expect(fieldWords(field)).toBe(words);
});
