import type { Reply } from '../http/message';
import type { JsonObject } from '../json';
import { publicDocument } from './oas';

/** A document to download: indented, as an attachment. With `mode=public` without what is Tyk's. */
export function exportDocument(
  document: JsonObject,
  id: string,
  mode: string | null,
): Reply {
  const isPublic = mode === 'public';
  const name = isPublic ? 'oas' : 'TykOasApiDef';
  const exported = isPublic ? publicDocument(document) : document;
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment;filename="${name}-${id}.json"`,
    },
    body: JSON.stringify(exported, null, 2),
  };
}
