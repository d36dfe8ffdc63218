import '@backstage/cli/asset-types';
import type { ExtensionDefinition } from '@backstage/frontend-plugin-api';
import ReactDOM from 'react-dom/client';
import { createPortal } from './App';
import '@backstage/ui/css/styles.css';

/** Draws the portal into the page, with this page to sign in. */
export function renderPortal(signInPage: ExtensionDefinition): void {
  const root = document.getElementById('root');
  if (!root) {
    throw new Error('index.html has no element with the id "root"');
  }
  ReactDOM.createRoot(root).render(createPortal(signInPage).createRoot());
}
