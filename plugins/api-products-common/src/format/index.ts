export * from './numbers';
export * from './durations';
export * from './limits';
export * from './prices';
export * from './curl';
