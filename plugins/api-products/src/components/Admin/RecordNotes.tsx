import type { Plan, Product } from 'backstage-plugin-api-products-common';
import { Findings } from '../shared';
import { ProviderNote } from './ProviderNote';

/** What is to be known of a record by who looks after it: what the provider does with it, and what is found of it. */
export function RecordNotes(props: {
  record: Pick<Product | Plan, 'providerState' | 'findings'>;
}) {
  const { providerState, findings } = props.record;
  return (
    <>
      <ProviderNote state={providerState} />
      <Findings findings={findings} />
    </>
  );
}
