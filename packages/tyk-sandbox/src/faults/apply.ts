import { setTimeout as sleep } from 'node:timers/promises';
import { jsonReply } from '../http/message';
import type { Reply } from '../http/message';
import type { Gateway } from '../state/gateway';
import type { Fault, FaultContext, FaultEffect } from './types';

/** How a request goes on after a fault. */
export type Outcome =
  | { kind: 'go-on'; reply?: Reply }
  | { kind: 'answer'; reply: Reply; cut?: boolean }
  | { kind: 'reset' }
  | { kind: 'hang' };

/**
 * @param reply - the answer of the gateway, once it has acted
 * @param stopped - ends waiting when the sandbox stops
 */
export async function applyFault(
  fault: Fault,
  context: FaultContext,
  gateway: Gateway,
  reply: Reply | undefined,
  stopped: AbortSignal,
): Promise<Outcome> {
  if ('run' in fault) {
    await fault.run(context);
    return { kind: 'go-on' };
  }
  switch (fault.kind) {
    case 'latency':
      await sleep(fault.milliseconds, undefined, { signal: stopped });
      return { kind: 'go-on' };
    case 'late-reload':
      gateway.reloadExtraMs = fault.milliseconds;
      return { kind: 'go-on' };
    case 'status':
      return { kind: 'answer', reply: statusReply(fault, context) };
    case 'wrong-json':
      return { kind: 'answer', reply: jsonReply(200, fault.body) };
    case 'half-json':
      return reply ? { kind: 'answer', reply, cut: true } : { kind: 'go-on' };
    case 'reset':
      return { kind: 'reset' };
    default:
      return { kind: 'hang' };
  }
}

function statusReply(
  fault: Extract<FaultEffect, { kind: 'status' }>,
  { plane }: FaultContext,
): Reply {
  const reply =
    fault.html === undefined
      ? jsonReply(
          fault.status,
          fault.json ??
            (plane === 'dashboard'
              ? { Status: 'Error', Message: 'Injected fault', Meta: null }
              : { status: 'error', message: 'Injected fault' }),
        )
      : {
          status: fault.status,
          headers: { 'content-type': 'text/html' },
          body: fault.html,
        };
  if (fault.retryAfterSeconds !== undefined) {
    reply.headers['retry-after'] = String(fault.retryAfterSeconds);
  }
  return reply;
}
