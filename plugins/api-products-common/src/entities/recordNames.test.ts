import { RECORD_NAME_MAX_LENGTH, isRecordName, slugOf } from './recordNames';

it.each([
  ['Payments API', 'payments-api'],
  ['  Größe: Ärger & Œuvre!  ', 'grosse-arger-uvre'],
  ['支払い', ''],
])('makes of “%s” the name “%s”', (title, name) => {
  expect(slugOf(title)).toBe(name);
});

it('makes names that records can have', () => {
  const name = slugOf(`${'a'.repeat(RECORD_NAME_MAX_LENGTH - 1)} b`);
  expect(name).toHaveLength(RECORD_NAME_MAX_LENGTH - 1);
  expect(isRecordName(name)).toBe(true);
  expect(isRecordName(`${name}ab`)).toBe(false);
});
