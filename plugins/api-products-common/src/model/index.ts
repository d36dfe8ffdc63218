export * from './values';
export * from './catalogue';
export * from './access';
export * from './provider';
export * from './refusals';
