import { Fragment } from 'react';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName } from '../shared';

/** `payments-team or security`. */
export function Approvers({ refs }: { refs: EntityRef[] }) {
  const t = useT();
  return (
    <>
      {refs.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ` ${t('myAccess.request.or')} `}
          <EntityName entityRef={ref} />
        </Fragment>
      ))}
    </>
  );
}
