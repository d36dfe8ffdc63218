import { screen, within } from '@testing-library/react';
import type { Provider } from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { pageOf, sandboxProvider, syncRun } from '../../../fixtures';

const having = (...providers: Partial<Provider>[]) => ({
  listProviders: async () =>
    pageOf(
      providers.map((provider, index) => ({
        ...sandboxProvider,
        id: `provider-${index}`,
        ...provider,
      })),
    ),
});

describe('ProvidersPage', () => {
  it('has a row per provider with its health, version, synchronisation and differences', async () => {
    await renderAdmin('/providers');
    const row = (
      await screen.findByRole('rowheader', { name: 'Tyk sandbox' })
    ).closest('tr');
    expect(row).toHaveTextContent('Answers, but 1 thing does not work');
    expect(row).toHaveTextContent('5.8.1');
    expect(row).toHaveTextContent('tyk-gateway');
    expect(row).toHaveTextContent(/Done.*ago/);
    expect(screen.getByRole('link', { name: 'Tyk sandbox' })).toHaveAttribute(
      'href',
      '/api-products/admin/providers/sandbox',
    );
    expect(screen.getByRole('link', { name: '1' })).toHaveAttribute(
      'href',
      '/api-products/admin/providers/sandbox/drift',
    );
  });

  it.each<[string, Partial<Provider>]>([
    ['Works', { findings: [] }],
    [
      'Works, with 1 warning',
      { findings: [{ name: 'x', status: 'warning', message: 'm' }] },
    ],
    ['Does not answer', { status: 'down' }],
    ['Does not answer: refused', { status: 'down', message: 'refused' }],
    ['Not looked at yet', { status: 'unknown' }],
  ])('says “%s”', async (words, provider) => {
    await renderAdmin('/providers', having(provider));
    const table = await screen.findByRole('table', { name: 'Providers' });
    expect(within(table).getByText(words)).toBeInTheDocument();
  });

  it.each<[string, Provider['lastSync']]>([
    ['Never', undefined],
    ['Running', { ...syncRun, status: 'running' }],
    ['Held back, needs your word', { ...syncRun, status: 'held-back' }],
    ['Failed: no route', { ...syncRun, status: 'failed', message: 'no route' }],
  ])('says of the last synchronisation: %s', async (words, lastSync) => {
    await renderAdmin('/providers', having({ lastSync, driftCount: 0 }));
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(screen.getByText('none')).toBeInTheDocument();
  });

  it('says how a provider is configured where there is none', async () => {
    await renderAdmin('/providers', having());
    expect(
      await screen.findByRole('heading', { name: 'No provider is configured' }),
    ).toBeInTheDocument();
  });

  it('says why there is no list, and tries again', async () => {
    const listProviders = jest
      .fn(async () => pageOf([sandboxProvider]))
      .mockImplementationOnce(refuses(500, 'broken'));
    const user = await renderAdmin('/providers', { listProviders });
    expect(await screen.findByRole('alert')).toHaveTextContent('broken');
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(
      await screen.findByRole('table', { name: 'Providers' }),
    ).toBeInTheDocument();
  });
});
