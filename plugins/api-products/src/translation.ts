import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { adminMessages } from './translation/admin';
import { adminCleanUpMessages } from './translation/adminCleanUp';
import { adminHistoryMessages } from './translation/adminHistory';
import { adminCataloguesMessages } from './translation/adminCatalogues';
import { adminPlansMessages } from './translation/adminPlans';
import { adminProductsMessages } from './translation/adminProducts';
import { adminProvidersMessages } from './translation/adminProviders';
import { approvalsMessages } from './translation/approvals';
import { historyMessages } from './translation/history';
import { marketplaceMessages } from './translation/marketplace';
import { myAccessMessages } from './translation/myAccess';
import { planChangeMessages } from './translation/planChange';
import { productMessages } from './translation/product';
import { requestAccessMessages } from './translation/requestAccess';
import { sharedMessages } from './translation/shared';
import { subscriptionsMessages } from './translation/subscriptions';

/** Every English string of the pages, one group per area. @public */
export const apiProductsTranslationRef = createTranslationRef({
  id: 'plugin.api-products',
  messages: {
    shared: sharedMessages,
    marketplace: marketplaceMessages,
    product: productMessages,
    requestAccess: requestAccessMessages,
    planChange: planChangeMessages,
    myAccess: myAccessMessages,
    approvals: approvalsMessages,
    subscriptions: subscriptionsMessages,
    admin: adminMessages,
    adminProviders: adminProvidersMessages,
    adminProducts: adminProductsMessages,
    adminPlans: adminPlansMessages,
    adminCatalogues: adminCataloguesMessages,
    adminCleanUp: adminCleanUpMessages,
    adminHistory: adminHistoryMessages,
    history: historyMessages,
  },
});
