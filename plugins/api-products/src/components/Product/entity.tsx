/** The parts of a product's page as the catalog's entity page takes them: each finds its product by the entity. */
import type { ReactNode } from 'react';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ReadableTheme } from '../shared';
import { About } from './About';
import { Details } from './Details';
import { ProductHistory } from './History';
import { LazyDefinition } from './LazyDefinition';
import { ProductAccess } from './MyAccess';
import { PlansTable } from './PlansTable';
import { ProductScope } from './ProductScope';
import type { ProductView } from './ProductScope';
import { Requests } from './Requests';
import { Subscribers } from './Subscribers';

function OfEntity(props: {
  missing?: ReactNode;
  children: (view: ProductView) => ReactNode;
}) {
  const { namespace = 'default', name } = useEntity().entity.metadata;
  return (
    <ReadableTheme>
      <ProductScope namespace={namespace} name={name} missing={props.missing}>
        {props.children}
      </ProductScope>
    </ReadableTheme>
  );
}

/** Description, guides and terms. @public */
export function EntityAbout() {
  return <OfEntity>{({ product }) => <About product={product} />}</OfEntity>;
}

/**
 * Owner, APIs, endpoint, service level, and the button that asks for access; nothing where there is no product for the
 * caller, which the card beside it says.
 * @public
 */
export function EntityDetails() {
  return (
    <OfEntity missing={null}>
      {({ product, requestAccess }) => (
        <Details product={product} onRequestAccess={() => requestAccess()} />
      )}
    </OfEntity>
  );
}

/** The plans side by side. @public */
export function EntityPlans() {
  return (
    <OfEntity>
      {({ product, requestAccess, changePlan }) => (
        <PlansTable
          product={product}
          onChoose={requestAccess}
          onChange={changePlan}
        />
      )}
    </OfEntity>
  );
}

/** The rendered definitions of the product's APIs. @public */
export function EntityDefinition() {
  return (
    <OfEntity>{({ product }) => <LazyDefinition product={product} />}</OfEntity>
  );
}

/** What the caller has of the product. @public */
export function EntityMyAccess() {
  return <OfEntity>{view => <ProductAccess {...view} />}</OfEntity>;
}

/** For owners: who waits for a decision. @public */
export function EntityRequests() {
  return <OfEntity>{({ product }) => <Requests product={product} />}</OfEntity>;
}

/** For owners: who uses the product. @public */
export function EntitySubscribers() {
  return (
    <OfEntity>{({ product }) => <Subscribers product={product} />}</OfEntity>
  );
}

/** For owners: what has happened to the product and to all access to it. @public */
export function EntityHistory() {
  return (
    <OfEntity>{({ product }) => <ProductHistory product={product} />}</OfEntity>
  );
}
