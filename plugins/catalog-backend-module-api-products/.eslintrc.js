module.exports = require('../../scripts/eslint/boundaries').catalogModule(
  __dirname,
);
