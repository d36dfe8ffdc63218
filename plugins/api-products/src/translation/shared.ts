/** Words that several pages use. @internal */
export const sharedMessages = {
  retry: 'Retry',
  loading: 'Loading',
  previous: 'Previous page',
  next: 'Next page',
  cancel: 'Cancel',
  newest: {
    take: 'Put my changes on the newest version',
    taken:
      'Your changes are kept, and everything else is as it is now. Look it over, then save.',
    failed: 'The newest version could not be read',
  },
  problem: {
    signedOut:
      'you are no longer signed in. Sign in again, then try once more.',
    noConnection:
      'the portal does not answer. See whether you are connected, then try again.',
    unavailable:
      'the portal cannot answer at the moment. Try again in a minute.',
    seeIt: 'See it in My access',
  },
  discard: {
    title: 'Discard what you filled in?',
    explain: 'Nothing of it has been sent.',
    keep: 'Keep editing',
    discard: 'Discard',
  },
  pickerNone: 'Nothing found',
  pickerFailed: 'The choices could not be loaded',
  pickerOpen: 'Show choices',
  pickerClear: 'Clear',
  page: {
    marketplace: 'API products',
    myAccess: 'My API access',
    approvals: 'Approvals',
    admin: 'API admin',
  },
} as const;
