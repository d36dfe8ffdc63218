module.exports = require('../../scripts/eslint/boundaries').portalBackend(
  __dirname,
);
