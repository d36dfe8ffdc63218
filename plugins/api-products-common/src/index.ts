/**
 * Types, schemas and pure rules shared by every package of API Products.
 *
 * @packageDocumentation
 */
export * from './model';
export * from './entities';
export * from './lifecycle';
export * from './permissions';
export * from './client';
export * from './format';
export type { components, operations } from './rest/openapi.generated';
