module.exports = require('../../scripts/eslint/boundaries').node(__dirname);
