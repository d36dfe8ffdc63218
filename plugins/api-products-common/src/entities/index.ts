export * from './kinds';
export * from './types';
export * from './specs';
export * from './credentialMetadata';
export { RECORD_NAME_MAX_LENGTH, isRecordName, slugOf } from './recordNames';
export {
  productFromEntity,
  planFromEntity,
  catalogueFromEntity,
} from './normalise';
export {
  parseProductEntity,
  parsePlanEntity,
  parseCatalogueEntity,
} from './parse';
export { apiProductSchema } from './schema/product';
export { apiPlanSchema } from './schema/plan';
export { apiCatalogueSchema } from './schema/catalogue';
