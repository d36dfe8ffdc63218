module.exports = require('../../scripts/eslint/boundaries').backend(__dirname);
