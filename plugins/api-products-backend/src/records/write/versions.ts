/**
 * The version of a product that is made here counts by itself: the first number when an API is taken away, the second
 * when plans or APIs change otherwise, the third for every other text. Where a product stands in its life says nothing
 * about what it is, so moving it there does not count.
 */
import { isDeepStrictEqual } from 'node:util';
import type {
  ProductApi,
  ProductSpec,
} from 'backstage-plugin-api-products-common';

export const FIRST_VERSION = '1.0.0';

const SEMVER = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/;

interface Version {
  numbers: [number, number, number];
  /** Identifiers of what comes before the release. */
  before: string[];
}

function parse(text: string): Version | undefined {
  const parts = SEMVER.exec(text);
  return parts === null
    ? undefined
    : {
        numbers: [Number(parts[1]), Number(parts[2]), Number(parts[3])],
        before: parts[4] === undefined ? [] : parts[4].split('.'),
      };
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

function compareIdentifiers(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) {
    return Number(a) - Number(b);
  }
  if (isNumber(a) !== isNumber(b)) {
    return isNumber(a) ? -1 : 1;
  }
  return a < b ? -1 : Number(a > b);
}

function compareBefore(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) {
    return b.length - a.length === 0 ? 0 : Number(a.length === 0) * 2 - 1;
  }
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareIdentifiers(a[i], b[i]);
    if (order !== 0) {
      return order;
    }
  }
  return a.length - b.length;
}

/** Whether `a` comes after `b`, in the order of semver.org. */
export function isLater(a: string, b: string): boolean {
  const [one, other] = [parse(a), parse(b)];
  if (!one || !other) {
    return false;
  }
  for (const i of [0, 1, 2] as const) {
    if (one.numbers[i] !== other.numbers[i]) {
      return one.numbers[i] > other.numbers[i];
    }
  }
  return compareBefore(one.before, other.before) > 0;
}

type Size = 'major' | 'minor' | 'patch';

function next(version: string, size: Size): string {
  const [major, minor, patch] = parse(version)?.numbers ?? [1, 0, 0];
  switch (size) {
    case 'major':
      return `${major + 1}.0.0`;
    case 'minor':
      return `${major}.${minor + 1}.0`;
    default:
      return `${major}.${minor}.${patch + 1}`;
  }
}

const nameOf = (api: ProductApi): string =>
  api.ref ?? `provider:${api.providerApiId}`;

/** One that is named differently now, but is the same at the provider, is still there. */
const isThere = (api: ProductApi, among: ProductApi[]): boolean =>
  among.some(
    other =>
      nameOf(other) === nameOf(api) ||
      (api.providerApiId !== undefined &&
        other.providerApiId === api.providerApiId),
  );

/** Undefined where nothing has changed that counts. */
export function sizeOf(
  before: ProductSpec,
  after: ProductSpec,
): Size | undefined {
  if (before.apis.some(api => !isThere(api, after.apis))) {
    return 'major';
  }
  if (
    !isDeepStrictEqual(before.apis, after.apis) ||
    !isDeepStrictEqual(before.plans, after.plans)
  ) {
    return 'minor';
  }
  const text = ({ version, lifecycle, ...rest }: ProductSpec) => rest;
  return isDeepStrictEqual(text(before), text(after)) ? undefined : 'patch';
}

/** The version that `after` is to have; what it says itself counts where it is later. */
export function versionAfter(before: ProductSpec, after: ProductSpec): string {
  const present = before.version ?? FIRST_VERSION;
  if (after.version !== undefined && isLater(after.version, present)) {
    return after.version;
  }
  const size = sizeOf(before, after);
  return size === undefined ? present : next(present, size);
}
