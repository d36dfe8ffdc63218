/** Which APIs a list is about. */
import type { ApiFile } from '../../apis/api';
import { asObject, asText } from '../../json';
import type { Dashboard } from '../state';
import { authTypesOf } from './authType';
import { datesOf } from './envelope';
import { apisOf } from './store';

function wanted(query: URLSearchParams, name: string): string[] {
  return (query.get(name) ?? '').split(',').filter(part => part !== '');
}

/** The kinds `api_type` knows, as far as the sandbox has them. */
function kindsOf({ definition }: ApiFile): string[] {
  const isGraph = asObject(definition.graphql).enabled === true;
  return [
    isGraph ? 'graphql' : 'rest',
    ...(definition.internal === true ? ['internal'] : []),
  ];
}

/** Categories stand behind the name: `Orders #shop #eu`. */
function categoriesOf({ definition }: ApiFile): string[] {
  const [, ...parts] = asText(definition.name).split('#');
  return parts.map(part => part.trim());
}

export function foundApis(
  dashboard: Dashboard,
  query: URLSearchParams,
): ApiFile[] {
  const q = (query.get('q') ?? '').toLowerCase();
  const any = (values: string[], name: string) => {
    const asked = wanted(query, name);
    return asked.length === 0 || asked.some(value => values.includes(value));
  };
  const matches = apisOf(dashboard)
    .filter(
      ({ definition }) =>
        asText(definition.name).toLowerCase().includes(q) ||
        asText(definition.api_id) === q,
    )
    .filter(file => any(authTypesOf(file.definition), 'auth_type'))
    .filter(file => any(kindsOf(file), 'api_type'))
    .filter(file => any(categoriesOf(file), 'category'));
  return sorted(dashboard, matches, query.get('sort') ?? '');
}

function sorted(
  dashboard: Dashboard,
  files: ApiFile[],
  sort: string,
): ApiFile[] {
  const order = sort.startsWith('-') ? -1 : 1;
  const field = sort.replace(/^-/, '');
  const keyOf = ({ definition }: ApiFile) => {
    const dates = datesOf(dashboard, asText(definition.api_id));
    if (field === 'created_at') return dates.created;
    return field === 'updated_at' ? dates.updated : asText(definition.name);
  };
  return ['name', 'created_at', 'updated_at'].includes(field)
    ? [...files].sort((a, b) => order * keyOf(a).localeCompare(keyOf(b)))
    : files;
}
