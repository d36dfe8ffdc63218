import type { ReactNode } from 'react';
import { Header, Page } from './backstage';
import { ReadableTheme } from './shared';

/** The header that pages bring themselves on the legacy system. */
export function LegacyShell(props: { title: string; children: ReactNode }) {
  return (
    <Page themeId="tool">
      <Header title={props.title} />
      <ReadableTheme>{props.children}</ReadableTheme>
    </Page>
  );
}
