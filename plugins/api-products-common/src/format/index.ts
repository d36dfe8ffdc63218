export { formatDuration, formatKeyLifetime } from './durations';
export {
  formatLimits,
  formatQuota,
  formatQuotaPeriod,
  formatRateLimit,
} from './limits';
export { formatNumber } from './numbers';
export { formatMoney, formatPrice, formatShortPrice } from './prices';
