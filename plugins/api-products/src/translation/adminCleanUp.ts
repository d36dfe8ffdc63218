/** Words of the page of what entities and owners have left behind. */
export const adminCleanUpMessages = {
  kind: {
    product: 'product',
    plan: 'plan',
    catalogue: 'catalogue',
    application: 'application',
  },
  column: {
    what: 'What',
    owner: 'Owner',
    since: 'Gone',
    use: 'In use',
    actions: 'What to do',
  },
  nothing: 'Nothing is left behind.',
  subscriptions_one: '{{count}} subscription',
  subscriptions_other: '{{count}} subscriptions',
  requests_one: '{{count}} waiting request',
  requests_other: '{{count}} waiting requests',
  unused: 'by nobody',
  removals: {
    title_one: '{{count}} entry of the catalog has no record here',
    title_other: '{{count}} entries of the catalog have no record here',
    explain:
      'Nobody has deleted them in the portal. They stay in the catalog in case the portal lacks its data for a while, as after a backup was restored.',
    ask: 'See what they are',
    loadingFailed:
      'What the catalog keeps without a record could not be loaded',
    dialogTitle: 'Remove them from the catalog?',
    dialogExplain:
      'They go when the catalog looks at the portal next, but for those that have a record again by then. Nothing is changed at the gateway.',
    list: 'Entries without a record',
    confirm: 'Remove them',
    confirming: 'Removing…',
    cancel: 'Keep them',
    failed: 'Nothing was removed',
  },
  gone: {
    title: 'Records whose entity is gone from Git',
    explain:
      'They are hidden, and their keys go on working. Where the entity only got another name, the record can go on as that; what nobody uses can be deleted.',
    table: 'Records whose entity is gone',
    loading: 'Looking what is left behind',
    failed: 'What is left behind could not be loaded',
    pages: 'Pages of records whose entity is gone',
    goesOn: 'Goes on as {{name}}',
    goesOnLabel: '{{title}} goes on as {{name}}',
    saysSo: 'its entity says so',
    confirmed: 'Goes on as {{name}} when Git is read next',
    inUse: '{{name}} has the same title, but is in use itself',
    dialogTitle: 'Does {{title}} go on as {{name}}?',
    dialogExplain:
      'Everything that hangs on {{former}} of {{formerOwner}} is then that of {{name}} of {{owner}}: its policy at the provider, its subscriptions and its history. Keys are not changed.',
    confirm: 'It goes on',
    confirming: 'Saying so…',
    confirmFailed: 'It was not done',
    said: '{{title}} goes on as {{name}} when Git is read next.',
  },
  ownerless: {
    title: 'Owners that are gone',
    explain:
      'The catalog does not have these groups and people any more, so nobody but a platform owner can look after what is theirs. Give it another owner, or delete it.',
    table: 'What belongs to owners that are gone',
    loading: 'Asking the catalog which owners it has',
    failed: 'It is not known which owners are gone',
    pages: 'Pages of what belongs to owners that are gone',
    inGit: 'Change the owner in Git, where its entity comes from',
    give: 'Give it another owner',
    giveLabel: 'Give {{title}} another owner',
    dialogTitle: 'Who is to own {{title}}?',
    dialogApplication:
      'The new owner sees its subscriptions and can issue and reveal keys. Requests that wait are withdrawn; keys go on working.',
    dialogRecord: 'The new owner decides about it from then on.',
    confirm: 'Hand it over',
    confirming: 'Handing over…',
    notDone: 'It was not handed over',
    given: '{{title}} is {{owner}}’s now.',
    deleteExplain:
      'It is removed. It can only be deleted when it has no live subscriptions and no waiting requests.',
  },
} as const;
