import { useSearchParams } from 'react-router-dom';

/** Search and page of a list; they stand in the address. */
export interface ListQuery {
  q: string;
  cursor?: string;
  search: (q: string) => void;
  turnTo: (cursor: string) => void;
}

export function useListQuery(): ListQuery {
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  return {
    q,
    cursor: params.get('cursor') ?? undefined,
    search: text => setParams(text ? { q: text } : {}, { replace: true }),
    turnTo: cursor => setParams({ ...(q && { q }), cursor }),
  };
}
