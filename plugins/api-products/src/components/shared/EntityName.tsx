import {
  EntityRefLink,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import type { EntityRef } from 'backstage-plugin-api-products-common';

function PlainName({ entityRef }: { entityRef: EntityRef }) {
  const { primaryTitle, secondaryTitle } = useEntityPresentation(entityRef);
  return <span title={secondaryTitle ?? entityRef}>{primaryTitle}</span>;
}

/** The name of a catalog entity as people know it, by default without a link. @internal */
export function EntityName(props: { entityRef: EntityRef; link?: boolean }) {
  return props.link ? (
    <EntityRefLink entityRef={props.entityRef} hideIcon />
  ) : (
    <PlainName entityRef={props.entityRef} />
  );
}
