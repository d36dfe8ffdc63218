import { csvRecord } from './csv';

describe('a record of a table as text', () => {
  it.each([
    [['a', undefined, ''], 'a,,\r\n'],
    [['a, b', 'says “x”', 'says "x"'], '"a, b",says “x”,"says ""x"""\r\n'],
    [['two\nlines', 'or\r\nso'], '"two\nlines","or\r\nso"\r\n'],
    [['=1+1', '+1', '-1', '@a', '\ta'], "'=1+1,'+1,'-1,'@a,'\ta\r\n"],
    [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"\r\n`],
    [['a=1', 'größer, 日本語'], 'a=1,"größer, 日本語"\r\n'],
  ])('%j is %j', (values, text) => {
    expect(csvRecord(values)).toBe(text);
  });
});
