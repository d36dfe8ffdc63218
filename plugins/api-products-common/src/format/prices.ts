import type { DecimalString, PlanLink } from '../model';
import { formatNumber } from './numbers';

/** The sign of a currency in English, or its code where there is none. */
function currencySign(currency: string): string {
  try {
    const sign = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    })
      .formatToParts(0)
      .find(part => part.type === 'currency')?.value;
    return sign ?? currency;
  } catch {
    return currency;
  }
}

/** An amount with its currency: `$49`, `$0.002`, `CHF 12.50`. Cents that are zero are left out. @public */
export function formatMoney(amount: DecimalString, currency?: string): string {
  const number = formatNumber(amount.replace(/\.0+$/, ''));
  if (!currency) {
    return number;
  }
  const sign = currencySign(currency);
  return /[A-Za-z]$/.test(sign) ? `${sign} ${number}` : `${sign}${number}`;
}

function priceText(pricing: PlanLink['pricing']): string {
  if (pricing.label) {
    return pricing.label;
  }
  if (pricing.mode === 'free') {
    return 'Free';
  }
  if (pricing.amount === undefined) {
    return pricing.mode === 'metered' ? 'Metered' : 'On request';
  }
  const money = formatMoney(pricing.amount, pricing.currency);
  if (pricing.mode === 'metered') {
    return `from ${money} per call`;
  }
  return pricing.period ? `${money}/${pricing.period}` : money;
}

/** A price as it stands in tables: `Free`, `$49 / month`, `from $0.002 per call`. The plan's own label comes first. @public */
export function formatPrice(pricing: PlanLink['pricing']): string {
  return priceText(pricing).replace(/\s*\/\s*/g, ' / ');
}

/** A price where there is little room: `Free`, `$49/month`. @public */
export function formatShortPrice(pricing: PlanLink['pricing']): string {
  return priceText(pricing).replace(/\s*\/\s*/g, '/');
}
