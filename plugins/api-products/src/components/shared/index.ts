export { EmptyState } from './EmptyState';
export { EntityName } from './EntityName';
export { ErrorState } from './ErrorState';
export { LoadingSkeleton } from './LoadingSkeleton';
export { RelativeTime } from './RelativeTime';
export { StatusText } from './StatusText';
export type { StatusTone } from './StatusText';
