import type { DecimalString, Pricing } from '../model';
import { formatNumber } from './numbers';

/** What is shown of a price; the same fields stand in a plan's link and in its summary. @public */
export type PriceFields = Pick<
  Pricing,
  'mode' | 'label' | 'amount' | 'currency' | 'period'
>;

/** `$`, `€`, or the code and a space where the currency has no symbol of its own. */
function symbolOf(currency: string): string {
  try {
    const parts = new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency,
    }).formatToParts(0);
    const symbol = parts.find(part => part.type === 'currency')?.value;
    return symbol && symbol !== currency ? symbol : `${currency} `;
  } catch {
    // Not a currency code at all: an entity may say what it likes.
    return `${currency} `;
  }
}

/** `$49`, `$49.50`, `$0.002`: whole amounts without cents, everything else with every digit that was written. */
function money(amount: DecimalString, currency: string | undefined): string {
  const text = formatNumber(amount.replace(/\.0+$/, ''));
  return currency ? `${symbolOf(currency)}${text}` : text;
}

/**
 * What a plan costs, in words: `Free`, `$49 / month`, `from $0.002 per call`. The amount says it where there is one,
 * so that all plans are written alike; the label where there is none, and for metered prices, which a single amount
 * does not tell.
 *
 * @param options - `compact` for places with little room: `$49/month`
 * @public
 */
export function formatPrice(
  pricing: PriceFields,
  options: { compact?: boolean } = {},
): string {
  const { mode, label, amount, currency, period } = pricing;
  switch (mode) {
    case 'free':
      return label ?? 'Free';
    case 'metered':
      return (
        label ??
        (amount ? `from ${money(amount, currency)} per call` : 'Metered')
      );
    default: {
      if (!amount) {
        return label ?? 'Fixed price';
      }
      const price = money(amount, currency);
      if (!period) {
        return price;
      }
      return options.compact ? `${price}/${period}` : `${price} / ${period}`;
    }
  }
}
