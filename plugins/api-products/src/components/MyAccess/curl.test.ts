import { curlCommand, curlWithPassword } from './curl';

const header = { name: 'Authorization', value: 'abc123' };

describe('curlCommand', () => {
  it('is one line that can be pasted', () => {
    expect(curlCommand(header, 'https://gateway.example.com/payments/')).toBe(
      `curl -H 'Authorization: abc123' https://gateway.example.com/payments/`,
    );
  });

  it('quotes an address that a shell would take apart', () => {
    expect(curlCommand(header, 'https://example.com/?a=1&b=$(id)')).toBe(
      `curl -H 'Authorization: abc123' 'https://example.com/?a=1&b=$(id)'`,
    );
  });

  it('keeps a quote in the value a quote', () => {
    expect(
      curlCommand({ name: 'X-Key', value: `it's; id` }, 'https://example.com'),
    ).toBe(`curl -H 'X-Key: it'\\''s; id' https://example.com`);
  });
});

describe('curlWithPassword', () => {
  it('gives user and password, with quotes that are quotes', () => {
    expect(
      curlWithPassword(
        { name: 'bsu_1', password: `a'b` },
        'https://example.com/x',
      ),
    ).toBe(`curl -u 'bsu_1:a'\\''b' https://example.com/x`);
  });
});
