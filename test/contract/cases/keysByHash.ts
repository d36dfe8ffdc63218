/** Cases 31 and 32: keys are known by their hash; where that does not work, it is said which setting to change. */
import { isObject } from '../suite/adversary';
import { failureOf } from '../suite/behindProxy';
import {
  onlyDashboard,
  onlyGateway,
  onlySandbox,
  unless,
} from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { nothingLeft, parts, updateOf, withKey } from '../suite/keys';
import type { Target } from '../suite/Target';
import { withSettings } from '../suite/withSettings';

/** Everything that another driver's first probe has to complain of. */
async function complaintsOf(target: Target): Promise<string> {
  const { findings } = await target.another({}).probe();
  return findings
    .filter(({ status }) => status !== 'ok')
    .map(({ message }) => message)
    .join('\n');
}

export const keysByHash: ContractCase[] = [
  {
    number: 31,
    title: 'keys that are not hashed are refused, with the setting',
    cannot: onlySandbox,
    run: target =>
      withSettings(target, { hashKeys: false }, async () => {
        const before = target.sandbox?.inspect.keys().length;
        const wanted = await target.credential(await parts(target));
        const refused = await failureOf(target.provider.putCredential(wanted));
        expect(refused.name).toBe('ProviderUnsupportedError');
        expect(refused.message).toContain('set hash_keys to true');
        expect(target.sandbox?.inspect.keys()).toHaveLength(before ?? 0);
        expect(await complaintsOf(target)).toContain('hash_keys');
      }),
  },
  {
    number: 31,
    title: 'the hash of a token is what others have computed',
    cannot: onlyGateway,
    async run({ adversary, api }) {
      // Recorded at another installation, with its organisation.
      const org = '617006c1829b6f0001c6c039';
      const path = `/tyk/keys/44d759f0decc4609bbc145cb2d12a638`;
      const { id } = api('first');
      const { status, body } = await adversary.send('POST', path, {
        org_id: org,
        access_rights: { [id]: { api_id: id, versions: ['Default'] } },
      });
      await adversary.send('DELETE', `${path}?org_id=${org}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ key_hash: '60bf6ae8aeddde79' });
    },
  },
  {
    number: 32,
    title: 'a key is read, changed and removed by its hash, and listed by it',
    async run(target) {
      await withKey(target, {}, async key => {
        const { reference, wanted } = key;
        const { provider } = target;
        expect(await provider.listCredentials()).toContain(reference);
        expect(await key.change({ alias: 'Renamed' })).toMatchObject({
          credentialId: wanted.credentialId,
        });
        const session = await target.adversary.session(reference);
        expect(isObject(session) && session.alias).toMatch(/^Renamed \[/);
        await key.remove();
        expect(await provider.readCredential(reference)).toBeUndefined();
        expect(await provider.listCredentials()).not.toContain(reference);
        const gone = await failureOf(
          provider.updateCredential(reference, updateOf(wanted)),
        );
        expect(gone.name).toBe('ProviderConflictError');
      });
    },
  },
  {
    number: 32,
    title: 'where keys are not listed, the setting is named',
    cannot: onlySandbox,
    run: target =>
      withSettings(target, { hashedKeysListing: false }, async () => {
        const refused = await failureOf(target.provider.listCredentials());
        expect(refused.name).toBe('ProviderUnsupportedError');
        expect(refused.message).toContain('enable_hashed_keys_listing');
        expect(await complaintsOf(target)).toContain(
          'enable_hashed_keys_listing',
        );
      }),
  },
  {
    number: 32,
    title:
      'where keys are not changed or removed by hash, the settings are named before the first use',
    cannot: unless(onlyDashboard, onlySandbox),
    async run(target) {
      await withKey(target, {}, async key => {
        await withSettings(
          target,
          { enableUpdateKeyByHash: false },
          async () => {
            const refused = await failureOf(key.change({ alias: 'Other' }));
            expect(refused.name).toBe('ProviderUnsupportedError');
            expect(refused.message).toContain('enable_update_key_by_hash');
            expect(await complaintsOf(target)).toContain(
              'enable_update_key_by_hash',
            );
          },
        );
        await withSettings(
          target,
          { enableDeleteKeyByHash: false },
          async () => {
            const refused = await failureOf(key.remove());
            expect(refused.name).toBe('ProviderUnsupportedError');
            expect(refused.message).toContain('enable_delete_key_by_hash');
            expect(await complaintsOf(target)).toContain(
              'enable_delete_key_by_hash',
            );
          },
        );
        expect(await key.status()).toBe(200);
        await key.remove();
        await nothingLeft(target, key.wanted);
      });
    },
  },
];
