module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // The end-to-end tests and the install guide's start the same parts as `npm start`, with the same scripts.
      files: ['e2e/**', 'install/**'],
      rules: { '@backstage/no-relative-monorepo-imports': 'off' },
    },
    {
      // A benchmark measures a room of the backend by itself, which the package does not export.
      files: ['load/**'],
      rules: { '@backstage/no-relative-monorepo-imports': 'off' },
    },
    {
      // What a backend answers is checked as in the backend's own tests, which the package does not export.
      files: ['integration/**', 'contract/**'],
      rules: { '@backstage/no-relative-monorepo-imports': 'off' },
    },
    {
      // A contract case is the body of a test, which contract.test.ts runs against every target.
      files: ['contract/**'],
      rules: {
        'jest/no-standalone-expect': 'off',
        'jest/expect-expect': [
          'warn',
          { assertFunctionNames: ['expect', 'item.run'] },
        ],
      },
    },
  ],
});
