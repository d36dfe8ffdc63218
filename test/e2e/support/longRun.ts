/** Set by `npm run test:long`: all that `npm test` takes a sample of. */
export const isLongRun = process.env.API_PRODUCTS_LONG_TESTS === 'true';
