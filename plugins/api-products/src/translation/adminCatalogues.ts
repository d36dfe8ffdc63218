/** Words of the page on which catalogues are made and changed. */
export const adminCataloguesMessages = {
  loading: 'Loading catalogues',
  failed: 'The catalogues could not be loaded',
  search: 'Search catalogues',
  pages: 'Pages of catalogues',
  add: 'Add catalogue',
  table: 'Catalogues',
  emptyTitle: 'There are no catalogues yet',
  emptyDescription:
    'A catalogue is a shop window: it says who sees the products and plans in it.',
  noMatch: 'No catalogue matches',
  column: {
    catalogue: 'Catalogue',
    owner: 'Owner',
    audience: 'Seen by',
    origin: 'Origin',
  },
  nobody: 'nobody but its owner',
  deleteExplain:
    'What is listed in it is seen only where another catalogue lists it. Keys that exist go on.',
  saved: '{{name}} is saved.',
  dialog: {
    addTitle: 'Add catalogue',
    editTitle: 'Edit catalogue {{name}}',
    save: 'Save catalogue',
    saving: 'Saving…',
    failed: 'The catalogue was not saved',
    name: 'Name',
    visibility: 'Seen by',
    public: 'Every signed-in user',
    private: 'Only the audience',
    audience: 'Audience',
    audienceHelp: 'Groups and users who see what is listed in it',
    publishers: 'Publishers',
    publishersHelpPublic:
      'Groups and users who may list products and plans in it; without any, everybody may',
    publishersHelpPrivate:
      'Groups and users who may list products and plans in it, beside its owner',
  },
} as const;
