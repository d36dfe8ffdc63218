/**
 * Extension points and services for backend modules of API Products.
 *
 * @packageDocumentation
 */
export * from './provider';
export * from './providerErrors';
export * from './extensions';
