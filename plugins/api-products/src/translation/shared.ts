/** Words that several pages use. @internal */
export const sharedMessages = {
  retry: 'Retry',
  loading: 'Loading',
  previous: 'Previous page',
  next: 'Next page',
  cancel: 'Cancel',
  pickerNone: 'Nothing found',
  pickerFailed: 'The choices could not be loaded',
  pickerOpen: 'Show choices',
  pickerClear: 'Clear',
  page: {
    marketplace: 'API products',
    myAccess: 'My API access',
    approvals: 'Approvals',
    admin: 'Admin',
  },
} as const;
