import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { useT } from './useT';

/** What must not compile; nobody calls it. */
function wrong(t: ReturnType<typeof useT>) {
  // @ts-expect-error -- no such message
  t('admin.noSuchMessage');
  // @ts-expect-error -- a message that counts
  t('admin.count');
  // @ts-expect-error -- not the name in the message
  t('shared.refusal.decidedAutomatically', { how: 'approved', at: 'noon' });
}

function Texts() {
  const t = useT();
  const title: string = t('admin.count', { count: 1 });
  const how = 'approved';
  return (
    <div title={title}>
      {t('admin.count', { count: 7 })}
      {t('shared.refusal.decidedAutomatically', { how, when: 'at noon' })}
      {t('shared.refusal.decidedAutomatically', { how, when: <b>today</b> })}
    </div>
  );
}

it('refuses at compile time what is not a message, or lacks its values', () => {
  expect(wrong).toBeInstanceOf(Function);
});

it('fills in what the message names, and chooses its form', async () => {
  await renderInTestApp(<Texts />);
  expect(screen.getByTitle('1 item')).toHaveTextContent(
    '7 itemsit was approved automatically at noonit was approved automatically today',
  );
});
