import { useState } from 'react';
import type { ReactNode } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { EntityRef, Product } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { isNotForCaller } from '../../hooks/serverError';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { ChangePlanOfProduct } from '../PlanChange/ChangePlanOfProduct';
import { RequestAccessDialog } from '../RequestAccess/RequestAccessDialog';
import { ErrorState, LoadingSkeleton } from '../shared';
import { NoProduct } from './NoProduct';

/** What every part of a product's page is given. */
export interface ProductView {
  product: Product;
  /** Opens the request dialog, with a plan chosen to begin with. */
  requestAccess: (plan?: EntityRef) => void;
  /** Opens the dialog that moves what the caller has to the plan. */
  changePlan: (plan: EntityRef) => void;
}

interface ProductScopeProps {
  namespace: string;
  name: string;
  /** In place of the page that says that there is none. */
  missing?: ReactNode;
  children: (view: ProductView) => ReactNode;
}

/**
 * Loads a product, keeps it fresh, and holds the dialogs that ask for access and for another plan, so that each of its parts can stand on the product's
 * own page and on its catalog entity.
 */
export function ProductScope(props: ProductScopeProps) {
  const { namespace, name, children } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [dialog, setDialog] = useState<{
    plan?: EntityRef;
    /** As it was when the dialog opened: nothing in it changes while it is filled in. */
    product: Product;
  }>();
  const [change, setChange] = useState<{ plan: EntityRef; product: Product }>();
  const { value, error, reload, reloadSoon } = useResource(
    `product ${namespace}/${name}`,
    signal => api.getProduct({ namespace, name }, { signal }),
  );
  useRefreshSignal(reloadSoon);

  if (error && isNotForCaller(error)) {
    const { missing = <NoProduct name={`${namespace}/${name}`} /> } = props;
    return <>{missing}</>;
  }
  if (!value) {
    return error ? (
      <ErrorState
        title={t('product.failedTitle')}
        error={error}
        onRetry={reload}
      />
    ) : (
      <LoadingSkeleton label={t('product.loading')} />
    );
  }
  return (
    <>
      {children({
        product: value,
        requestAccess: plan => setDialog({ plan, product: value }),
        changePlan: plan => setChange({ plan, product: value }),
      })}
      {dialog && (
        <RequestAccessDialog
          product={dialog.product}
          plan={dialog.plan}
          onClose={() => {
            setDialog(undefined);
            reload();
          }}
          onDone={reload}
        />
      )}
      {change && (
        <ChangePlanOfProduct
          product={change.product}
          plan={change.plan}
          onClose={() => setChange(undefined)}
          onDone={reload}
        />
      )}
    </>
  );
}
