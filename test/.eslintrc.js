module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // The end-to-end tests start the same portal as `npm start`, with the same scripts.
      files: ['e2e/**'],
      rules: { '@backstage/no-relative-monorepo-imports': 'off' },
    },
  ],
});
