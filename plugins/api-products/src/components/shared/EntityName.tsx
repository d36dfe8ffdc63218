import {
  EntityRefLink,
  entityRouteRef,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { useRoute } from '../../hooks/useRoute';

function PlainName({ entityRef }: { entityRef: EntityRef }) {
  const { primaryTitle, secondaryTitle } = useEntityPresentation(entityRef);
  return <span title={secondaryTitle ?? entityRef}>{primaryTitle}</span>;
}

/** The name of a catalog entity as people know it, by default without a link, and where there is no page for it. */
export function EntityName(props: { entityRef: EntityRef; link?: boolean }) {
  const page = useRoute(entityRouteRef);
  return props.link && page ? (
    <EntityRefLink entityRef={props.entityRef} hideIcon />
  ) : (
    <PlainName entityRef={props.entityRef} />
  );
}
