import { LinkButton as BackstageLinkButton } from '@backstage/core-components';
import type { LinkButtonProps } from '@backstage/core-components';

/** A button that leads to a page, and nothing where the page is not there. */
export function LinkButton(
  props: Omit<LinkButtonProps, 'to'> & { to: string | undefined },
) {
  const { to, ...rest } = props;
  return to === undefined ? null : <BackstageLinkButton to={to} {...rest} />;
}
