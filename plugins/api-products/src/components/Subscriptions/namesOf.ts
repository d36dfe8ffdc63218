import type { Subscription } from 'backstage-plugin-api-products-common';

/** What people know a subscription by. */
export const namesOf = ({ application, products, plan }: Subscription) => ({
  application: application.name,
  product: products.map(({ title }) => title).join(', '),
  plan: plan.title,
});
