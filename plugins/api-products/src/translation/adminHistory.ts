/** Words of the page of the whole history. */
export const adminHistoryMessages = {
  everything: 'History of the portal',
  filters: 'What of the history',
  person: 'Person',
  product: 'Product',
  from: 'From',
  to: 'To',
  oneThing: 'Only one thing is shown, the one that a link leads to.',
  clear: 'Show everything',
  verification: {
    title: 'Is it as it was written?',
    explain:
      'Each line carries the fingerprint of the one before, so that a line that was changed, taken out or put in is found.',
    check: 'Check it',
    checking: 'Reading the whole history…',
    failed: 'It could not be checked',
    whole_one: 'The one line is as it was written.',
    whole_other: 'All {{count}} lines are as they were written.',
    none: 'There are no lines yet.',
    note: 'Fingerprint of line {{position}}, to be kept elsewhere: {{hash}}',
    unsealed_one: '{{count}} line was just written and is not sealed yet.',
    unsealed_other: '{{count}} lines were just written and are not sealed yet.',
    late_one:
      '{{count}} line says that it is much older than those before it: line {{first}}.',
    late_other:
      '{{count}} lines say that they are much older than those before them, from line {{first}} on.',
    problem: {
      changed: 'Line {{position}} is not what was written.',
      removed: 'Line {{position}} is gone.',
      inserted: 'Line {{position}} was put behind the end.',
      unlinked:
        'Line {{position}} does not follow from the one before it: one of both was exchanged.',
      rewritten:
        'Line {{position}} has another fingerprint than the one that was kept.',
    },
    line: 'It says now: {{message}}',
  },
} as const;
