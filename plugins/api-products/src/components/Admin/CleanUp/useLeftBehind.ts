import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  ApiProductsApi,
  ApiProductsCallOptions,
  Page,
  PageQuery,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource } from '../../../hooks/useResource';

const PAGE_SIZE = 20;

/**
 * A page of what is left behind, what was done last about it, and the dialog that is open for one of it.
 *
 * @param what - the list's name among everything that is loaded
 */
export function useLeftBehind<T, Open>(
  what: string,
  list: (
    client: ApiProductsApi,
    query: PageQuery,
    options: ApiProductsCallOptions,
  ) => Promise<Page<T>>,
) {
  const api = useApi(apiProductsApiRef);
  const [cursor, setCursor] = useState<string>();
  const [open, setOpen] = useState<Open>();
  const [said, setSaid] = useState('');
  const page = useResource(
    `${what} ${cursor ?? ''}`,
    signal =>
      list(api, { limit: PAGE_SIZE, ...(cursor && { cursor }) }, { signal }),
    { keepPrevious: true },
  );
  useRefreshSignal(page.reloadSoon);
  const close = () => setOpen(undefined);
  const done = (text: string) => {
    close();
    setSaid(text);
    page.reload();
  };
  return { page, said, open, setOpen, setCursor, close, done };
}
