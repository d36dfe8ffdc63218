/**
 * What a version means for the portal. Where something went wrong in Tyk and was put right later, the advice names the
 * version to go to.
 */
import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import { isBefore, parseVersion } from '../model/version';
import type { Version } from '../model/version';

interface Advice {
  /** From the first of a pair on, and before the second; 0.0.0 = from the beginning. */
  affected: readonly (readonly [from: Version, before: Version])[];
  status: ProviderFinding['status'];
  message: string;
}

const FIRST: Version = [0, 0, 0];

const ADVICE: readonly Advice[] = [
  {
    affected: [[FIRST, [4, 1, 0]]],
    status: 'error',
    message: 'a gateway has no API for policies before 4.1.0',
  },
  {
    affected: [
      [FIRST, [4, 0, 13]],
      [
        [4, 1, 0],
        [4, 3, 4],
      ],
      [
        [5, 0, 0],
        [5, 0, 1],
      ],
    ],
    status: 'warning',
    message:
      'products and plans on one key are merged wrongly, so that access can be missing or too wide (TT-8290, right from 4.0.13, 4.3.4 and 5.0.1 on)',
  },
  {
    affected: [
      [FIRST, [5, 0, 4]],
      [
        [5, 1, 0],
        [5, 1, 1],
      ],
    ],
    status: 'warning',
    message:
      'quotas of several policies on one key are mixed up (TT-9207, right from 5.0.4 and 5.1.1 on)',
  },
  {
    affected: [
      [FIRST, [5, 3, 9]],
      [
        [5, 4, 0],
        [5, 7, 1],
      ],
    ],
    status: 'ok',
    message:
      'a key keeps working when all of its policies are removed at Tyk (refused from 5.3.9 and 5.7.1 on)',
  },
  {
    affected: [[FIRST, [5, 11, 0]]],
    status: 'ok',
    message:
      'an API that maps JWT scopes to policies needs a default policy as well (not from 5.11 on)',
  },
];

interface VersionSubject {
  type: 'tyk-gateway' | 'tyk-dashboard';
  version: string | undefined;
}

export function versionFinding({
  type,
  version,
}: VersionSubject): ProviderFinding {
  const name = 'version';
  const parsed = version === undefined ? undefined : parseVersion(version);
  if (!parsed) return { name, ...unknownVersion(type) };
  const advice = ADVICE.filter(
    ({ affected, message }) =>
      // A Dashboard keeps policies itself.
      !(type === 'tyk-dashboard' && message.startsWith('a gateway')) &&
      affected.some(
        ([from, before]) => !isBefore(parsed, from) && isBefore(parsed, before),
      ),
  );
  const worst = ['error', 'warning'] as const;
  const status =
    worst.find(level => advice.some(item => item.status === level)) ?? 'ok';
  const told = advice.map(({ message }) => message).join('; ');
  return {
    name,
    status,
    message: [
      `Tyk ${version}.`,
      ...(told === '' ? [] : [`In this version ${told}.`]),
      ...(status === 'ok' ? [] : ['Update to 5.1.1 or later.']),
    ].join(' '),
  };
}

function unknownVersion(
  type: VersionSubject['type'],
): Pick<ProviderFinding, 'status' | 'message'> {
  return type === 'tyk-gateway'
    ? {
        status: 'warning',
        message:
          'The gateway does not tell its version (health_check_endpoint_name may be changed). The portal is made for 5.1.1 and later.',
      }
    : {
        // Nothing that anybody could set would change that.
        status: 'ok',
        message:
          'This Dashboard does not tell its version. The portal is made for 5.1.1 and later.',
      };
}
