/** Set by `npm run test:long`: properties are tried on more cases than `npm test` has the time for. */
export const isLongRun = process.env.API_PRODUCTS_LONG_TESTS === 'true';
