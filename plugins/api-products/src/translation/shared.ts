/** Words that several pages use. */
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
    denied: 'It is not for you: who runs this portal decides who may see it.',
    seeIt: 'See it in My access',
  },
  refusal: {
    or: ' or ',
    approved: 'approved',
    rejected: 'rejected',
    decidedBy: 'it was {{how}} by {{person}} {{when}}',
    decidedAutomatically: 'it was {{how}} automatically {{when}}',
    changedSince: 'somebody has changed it since you looked at it',
    alreadySubscribed: '{{application}} already has {{product}}.',
    alreadyPending:
      '{{application}} already waits for {{product}} on {{plan}}.',
    sentBefore:
      'something else was sent before under the same mark. Close this, and begin again.',
    allowanceUsed_one:
      '{{plan}} can be asked for once in {{per}}. There is room again {{when}}.',
    allowanceUsed_other:
      '{{plan}} can be asked for {{count}} times in {{per}}. There is room again {{when}}.',
    keysUsedUp_one:
      'the plan allows one key. Revoke it first, or say that it is lost.',
    keysUsedUp_other:
      'the plan allows {{count}} keys. Revoke one first, or say which is lost.',
    ownRequest:
      'you asked for this yourself, so somebody else has to decide: {{approvers}}.',
    notApprover: 'only {{approvers}} can decide this request.',
    suspended:
      'the access is suspended, and its plan is changed while it is active.',
    movesAlready:
      'it is on its way to another plan already. Withdraw that first.',
    requestOver: 'the request was withdrawn, or ran out.',
    termsMissing: 'accept {{terms}} to go on.',
    termsOfOther:
      'the terms of {{product}} have changed, and {{person}} has not accepted {{terms}}. They can do so by editing the request.',
    planNotActive:
      'the access is not active, and its plan is changed while it is.',
    notActive: 'the subscription is not active, so this is not possible now.',
    failed: 'the portal made a mistake. Try again, or tell its owners.',
  },
  discard: {
    title: 'Discard what you filled in?',
    explain: 'Nothing of it has been sent.',
    keep: 'Keep editing',
    discard: 'Discard',
  },
  left: {
    over: 'over',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    hours_one: '{{count}} hour',
    hours_other: '{{count}} hours',
    minutes_one: '{{count}} minute',
    minutes_other: '{{count}} minutes',
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
