/** What texts must be that a pattern alone cannot say. */
import { parseEntityRef } from '@backstage/catalog-model';
import { isRecordName } from '../recordNames';

const DURATION =
  /^P(?!$)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,10})S)?)?$/;

const SECONDS = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];

const LONGEST_SECONDS = 100 * 31_536_000;

/** Seconds of an ISO 8601 duration, a month counting 30 and a year 365 days; undefined where it is none. */
function secondsOf(duration: string): number | undefined {
  const parts = DURATION.exec(duration);
  return parts
    ?.slice(1)
    .reduce(
      (sum, count, index) => sum + Number(count ?? 0) * SECONDS[index],
      0,
    );
}

export function isPositiveDuration(text: string): boolean {
  const seconds = secondsOf(text) ?? 0;
  return seconds > 0 && seconds <= LONGEST_SECONDS;
}

export const isCurrency = (text: string): boolean =>
  Intl.supportedValuesOf('currency').includes(text);

function protocolOf(text: string): string | undefined {
  try {
    return new URL(text).protocol;
  } catch {
    return undefined;
  }
}

/**
 * The scheme must be written out: the URL parser forgives white space and missing slashes, and links to
 * `javascript:` must not come through.
 */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && protocolOf(text) !== undefined;
}

export const isWebLink = (text: string): boolean =>
  isHttpUrl(text) || /^mailto:[^\s@]+@[^\s@]+$/i.test(text);

export const isImageUrl = (text: string): boolean =>
  text === '' ||
  isHttpUrl(text) ||
  /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/]+=*$/.test(
    text,
  );

export function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

const NAMESPACE = /^(?=.{1,63}$)[A-Za-z0-9]+(-+[A-Za-z0-9]+)*$/;

/** Whether the text refers to an entity of one of the kinds, the first being the default. */
export function isRefTo(kinds: string[], text: string): boolean {
  try {
    const { kind, namespace, name } = parseEntityRef(text, {
      defaultKind: kinds[0],
      defaultNamespace: 'default',
    });
    return (
      kinds.includes(kind.toLowerCase()) &&
      NAMESPACE.test(namespace) &&
      isRecordName(name)
    );
  } catch {
    return false;
  }
}
