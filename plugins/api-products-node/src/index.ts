/**
 * Extension points and services for backend modules of API Products.
 *
 * @packageDocumentation
 */
export * from './offerings';
export * from './provider';
export * from './providerErrors';
export * from './extensions';
