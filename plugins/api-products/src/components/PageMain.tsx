import type { ReactNode } from 'react';
import { Content } from './backstage';
import { ReadableTheme } from './shared';

/**
 * What is a page's own below the header that the new system brings: the landmark that the header leaves out. (The
 * legacy system has one around both.)
 */
export function PageMain(props: {
  children: ReactNode;
  /** Without the space around, for what brings its own. */
  bare?: boolean;
}) {
  return (
    <ReadableTheme>
      <main>
        {props.bare ? props.children : <Content>{props.children}</Content>}
      </main>
    </ReadableTheme>
  );
}
