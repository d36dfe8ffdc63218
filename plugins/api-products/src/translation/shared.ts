/** Words that several pages use. @internal */
export const sharedMessages = {
  retry: 'Retry',
  loading: 'Loading',
  page: {
    marketplace: 'API products',
    myAccess: 'My API access',
    approvals: 'Approvals',
  },
} as const;
