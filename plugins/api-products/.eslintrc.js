module.exports = require('../../scripts/eslint/boundaries').frontend(__dirname);
