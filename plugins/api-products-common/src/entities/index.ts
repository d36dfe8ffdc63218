export * from './kinds';
export * from './types';
export * from './specs';
export {
  productFromEntity,
  planFromEntity,
  catalogueFromEntity,
} from './normalise';
