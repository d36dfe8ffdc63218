import { curlCommand } from './curl';

const address = 'https://gateway.example.com/payments/';
const key = {
  in: 'header',
  name: 'Authorization',
  value: 'abc123',
} as const;

describe('curlCommand', () => {
  it('is one line that can be pasted', () => {
    expect(curlCommand({ address, parts: [key] })).toBe(
      `curl -H 'Authorization: abc123' ${address}`,
    );
  });

  it('quotes an address that a shell would take apart', () => {
    expect(
      curlCommand({
        address: 'https://example.com/?a=1&b=$(id)',
        parts: [key],
      }),
    ).toBe(
      `curl -H 'Authorization: abc123' 'https://example.com/?a=1&b=$(id)'`,
    );
  });

  it('keeps a quote in the value a quote', () => {
    expect(
      curlCommand({
        address: 'https://example.com',
        parts: [{ in: 'header', name: 'X-Key', value: `it's; id` }],
      }),
    ).toBe(`curl -H 'X-Key: it'\\''s; id' https://example.com`);
  });

  it('puts a key into the query or a cookie, beside what goes along with it', () => {
    const version = { in: 'query', name: 'v', value: '2' } as const;
    expect(
      curlCommand({
        address,
        parts: [{ in: 'query', name: 'api key', value: 'a=b' }, version],
      }),
    ).toBe(`curl '${address}?api%20key=a%3Db&v=2'`);
    expect(
      curlCommand({
        address,
        parts: [{ in: 'cookie', name: 'session', value: 'abc' }, version],
      }),
    ).toBe(`curl -b 'session=abc' '${address}?v=2'`);
  });

  it('gives user and password, with quotes that are quotes', () => {
    expect(
      curlCommand({
        address,
        parts: [],
        user: { name: 'bsu_1', password: `a'b` },
      }),
    ).toBe(`curl -u 'bsu_1:a'\\''b' ${address}`);
  });
});
