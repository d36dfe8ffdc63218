module.exports = require('../../scripts/eslint/boundaries').common(__dirname);
