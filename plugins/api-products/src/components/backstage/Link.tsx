import { Link as BackstageLink } from '@backstage/core-components';
import type { LinkProps } from '@backstage/core-components';

/** Links, and says the same without a link where the page is not there. */
export function Link(
  props: Omit<LinkProps, 'to' | 'ref'> & { to: string | undefined },
) {
  const { to, ...rest } = props;
  return to === undefined ? (
    <>{props.children}</>
  ) : (
    <BackstageLink to={to} {...rest} />
  );
}
