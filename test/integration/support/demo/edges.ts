/** Values at the edges of what can be sent, for any place of a body or a query. */
import type { JsonValue } from '@backstage/types';
import type { Place, Schema } from './documented';

const NUMBERS = [
  0,
  -1,
  0.5,
  -0.000_000_1,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  1e308,
  -1e308,
];

const DATES = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '1969-12-31T23:59:59.999999999Z',
  '2026-02-30T00:00:00Z',
  '2026-06-30T23:59:60Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01t00:00:00z',
  '9999-12-31T23:59:59.999-23:59',
  '+010000-01-01T00:00:00Z',
  'P1D',
];

const EMOJI = '💳';

/** As long as a column or a check could be. */
const LENGTHS = [36, 63, 127, 255];

const aroundLength = (length: number): string[] => [
  'x'.repeat(length),
  'x'.repeat(length + 1),
  `${'x'.repeat(length - 1)}${EMOJI}`,
  EMOJI.repeat(length),
];

const TEXTS = [
  '',
  ' ',
  ' \t\n\u00a0\u3000',
  '\0',
  'a\0b',
  String.raw`\u0000`,
  '\ud83d',
  'x\udc00',
  'İ'.repeat(255),
  '%00',
  "'",
  '\\',
  'null',
  'default/x/y',
  ...DATES,
];

/** Texts at the length that the document names, or at any length that is usual. */
export const textsAt = ({ maxLength }: Schema): string[] => [
  ...TEXTS,
  ...(maxLength === undefined ? LENGTHS : [maxLength]).flatMap(aroundLength),
];

export const numbersAt = ({ minimum, maximum }: Schema): number[] => [
  ...NUMBERS,
  ...(minimum === undefined ? [] : [minimum, minimum - 1]),
  ...(maximum === undefined ? [] : [maximum, maximum + 1]),
];

const OTHERS: JsonValue[] = [null, true, {}, { x: 1 }];

const TOO_MANY = 1_001;

const listsOf = (item: JsonValue): JsonValue[] => [
  [],
  [null],
  [''],
  [[]],
  Array<JsonValue>(TOO_MANY).fill(item),
];

/** What could be sent in the place of something that is good. */
export function edgesAt(schema: Schema, good: JsonValue): JsonValue[] {
  const item = Array.isArray(good) ? good[0] : good;
  return [
    ...(good === null || typeof good !== 'object' || schema.type === 'string'
      ? [...textsAt(schema), ...numbersAt(schema)]
      : ['', 0]),
    ...OTHERS,
    ...listsOf(item ?? null),
  ];
}

/** Each place in a body that is good, with what is there. */
export function placesIn(
  value: JsonValue,
  place: Place = [],
): { place: Place; good: JsonValue }[] {
  const inside =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) =>
          placesIn(part ?? null, [
            ...place,
            Array.isArray(value) ? Number(key) : key,
          ]),
        )
      : [];
  return place.length === 0 ? inside : [{ place, good: value }, ...inside];
}

/** The same body with something else in one place. */
export function withAt(
  value: JsonValue,
  [first, ...rest]: Place,
  instead: JsonValue,
): JsonValue {
  if (first === undefined) {
    return instead;
  }
  if (Array.isArray(value)) {
    return value.map((item, i) =>
      i === first ? withAt(item, rest, instead) : item,
    );
  }
  return typeof value === 'object' && value !== null
    ? { ...value, [first]: withAt(value[first] ?? null, rest, instead) }
    : instead;
}

const shown = (value: JsonValue): string => {
  const text = JSON.stringify(value);
  return text.length > 50 ? `${text.slice(0, 40)}… (${text.length})` : text;
};

/** For a list of what went wrong. */
export const labelOf = (place: Place, value: JsonValue): string =>
  `${place.join('.')} = ${shown(value)}`;
