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
