import { readPolicy } from '../model/policy';
import { changeReply, errorReply, jsonReply } from '../http/message';
import { behaves } from '../versions';
import { tryRead } from './body';
import { mcpProblemOf } from './mcps';
import type { Handler, Route } from './router';
import { policyView } from './views';

const list: Handler = gateway =>
  jsonReply(
    200,
    [...gateway.loaded.policies.values()].map(policy =>
      policyView(gateway, policy),
    ),
  );

const get: Handler = (gateway, _request, id) => {
  const policy = gateway.loaded.policies.get(id);
  return policy
    ? jsonReply(200, policyView(gateway, policy))
    : errorReply(404, 'Policy not found');
};

/** Writes a file; nothing is in force before a reload. An existing one is silently overwritten. */
const write: Handler = (gateway, request, id = '') => {
  if (gateway.settings.policySource === 'service') {
    return errorReply(
      500,
      'Due to enabled service policy source, please use the Dashboard API',
    );
  }
  const policy = tryRead(request, readPolicy);
  const body = tryRead(request, given => given);
  if (!policy || !body) return errorReply(400, 'Request malformed');
  const { version } = gateway.settings;
  const isChecked = behaves(version, 'policyIdIsChecked');
  if (isChecked && !/^[A-Za-z0-9._~-]*$/.test(policy.id)) {
    return errorReply(
      400,
      'Invalid Policy ID: Allowed characters: a-z, A-Z, 0-9, ., _, -, ~',
    );
  }
  if (request.method === 'PUT' && policy.id !== id) {
    return errorReply(
      400,
      'Request ID does not match that in policy! For Update operations these must match.',
    );
  }
  if (behaves(version, 'policyNeedsId')) {
    policy.id ||= policy._id;
    if (policy.id === '') {
      return errorReply(400, 'Unable to create policy without id.');
    }
  }
  const problem = mcpProblemOf(gateway, body);
  if (problem !== undefined) return errorReply(400, problem);
  if (policy.id.includes('/')) return errorReply(500, 'Failed to create file!');
  gateway.files.policies.set(policy.id, policy);
  return changeReply(
    request.method === 'POST' ? 'added' : 'modified',
    policy.id,
  );
};

const remove: Handler = (gateway, _request, id) =>
  gateway.files.policies.delete(id)
    ? changeReply('deleted', id)
    : errorReply(500, 'Delete failed');

const mustNameOne =
  (verb: string): Handler =>
  () =>
    errorReply(400, `Must specify an apiID to ${verb}`);

export const policyRoutes: Route[] = [
  { methods: ['GET'], path: 'policies', handle: list },
  { methods: ['POST'], path: 'policies', handle: write },
  { methods: ['PUT'], path: 'policies', handle: mustNameOne('update') },
  { methods: ['DELETE'], path: 'policies', handle: mustNameOne('delete') },
  { methods: ['GET'], path: 'policies/*', handle: get },
  { methods: ['POST', 'PUT'], path: 'policies/*', handle: write },
  { methods: ['DELETE'], path: 'policies/*', handle: remove },
];
