const { default: Sequencer } = require('@jest/test-sequencer');

/** They start backends and gateways, and take minutes; begun last, they would keep one core busy and the others idle. */
const LONGEST = /[\\/]test[\\/](contract|integration)[\\/]/;

/** On a machine that has not run the tests yet, Jest goes by the size of their files, which says little. */
module.exports = class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const isLong = ({ path }) => LONGEST.test(path);
    return [...sorted.filter(isLong), ...sorted.filter(test => !isLong(test))];
  }
};
