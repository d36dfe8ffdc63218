module.exports = require('../../scripts/eslint/boundaries').tykModule(
  __dirname,
);
