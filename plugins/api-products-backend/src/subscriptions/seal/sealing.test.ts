import { randomBytes } from 'node:crypto';
import { CannotOpenError, Sealer } from './sealing';

const ringKey = (id: string) => ({ id, key: randomBytes(32) });
const context = { credentialId: 'c1', purpose: 'token' } as const;

describe('Sealer', () => {
  it('opens what it has sealed, and shows nothing of it meanwhile', () => {
    const sealer = Sealer.create([ringKey('a')]);
    const sealed = sealer.seal('the secret Ω', context);
    expect(sealer.open(sealed, context)).toBe('the secret Ω');
    expect(JSON.stringify(sealed)).not.toContain('secret');
    expect(sealed.key_id).toBe('a');
  });

  it('seals the same secret differently every time', () => {
    const sealer = Sealer.create([ringKey('a')]);
    const first = sealer.seal('s', context);
    const second = sealer.seal('s', context);
    expect(first.ciphertext).not.toBe(second.ciphertext);
    expect(first.wrapped_key).not.toBe(second.wrapped_key);
  });

  it('seals with the first key of the ring and opens with all', () => {
    const [old, fresh] = [ringKey('old'), ringKey('new')];
    const sealed = Sealer.create([old]).seal('s', context);
    const rotated = Sealer.create([fresh, old]);
    expect(rotated.open(sealed, context)).toBe('s');
    expect(rotated.seal('s', context).key_id).toBe('new');
  });

  it('says which key is gone from the ring', () => {
    const sealed = Sealer.create([ringKey('old')]).seal('s', context);
    const open = () => Sealer.create([ringKey('new')]).open(sealed, context);
    expect(open).toThrow(CannotOpenError);
    expect(open).toThrow('key old, which apiProducts.secrets.keys no longer');
  });

  it('does not open a secret in the row of another credential or purpose, or after a change', () => {
    const sealer = Sealer.create([ringKey('a')]);
    const sealed = sealer.seal('s', context);
    const tampered = Buffer.from(sealed.ciphertext, 'base64');
    tampered[tampered.length - 1] += 1;
    for (const open of [
      () => sealer.open(sealed, { ...context, credentialId: 'c2' }),
      () => sealer.open(sealed, { ...context, purpose: 'chosen' }),
      () =>
        sealer.open(
          { ...sealed, ciphertext: tampered.toString('base64') },
          context,
        ),
      () =>
        Sealer.create([{ id: 'a', key: randomBytes(32) }]).open(
          sealed,
          context,
        ),
    ]) {
      expect(open).toThrow(CannotOpenError);
    }
  });
});
