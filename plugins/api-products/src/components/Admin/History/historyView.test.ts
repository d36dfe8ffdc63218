import { historyFilter, readHistoryView, withHistoryPart } from './historyView';

const view = (query: string) => readHistoryView(new URLSearchParams(query));

describe('what of the history is looked at', () => {
  it('stands in the address', () => {
    expect(view('person=dana&from=&cursor=c&other=1')).toEqual({
      person: 'dana',
      cursor: 'c',
    });
  });

  it('is asked for with both days', () => {
    expect(
      historyFilter(view('person=dana&product=payments&cursor=c')),
    ).toEqual({ actor: 'dana', product: 'payments' });
    const { from, to } = historyFilter(view('from=2026-11-30&to=2026-11-30'));
    expect(new Date(from ?? '')).toEqual(new Date(2026, 10, 30));
    expect(new Date(to ?? '')).toEqual(new Date(2026, 11, 1));
    expect(historyFilter(view('from=yesterday'))).toEqual({});
  });

  it('begins on the first page when it is looked for something else', () => {
    const before = new URLSearchParams('person=dana&cursor=c');
    expect(String(withHistoryPart(before, 'product', 'payments'))).toBe(
      'person=dana&product=payments',
    );
    expect(String(withHistoryPart(before, 'person', ''))).toBe('');
    expect(String(withHistoryPart(before, 'cursor', 'd'))).toBe(
      'person=dana&cursor=d',
    );
  });
});
