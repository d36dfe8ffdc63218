module.exports = require('../../scripts/eslint/boundaries').portalApp(
  __dirname,
);
