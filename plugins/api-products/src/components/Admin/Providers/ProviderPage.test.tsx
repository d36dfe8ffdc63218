import { screen, waitFor, within } from '@testing-library/react';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  Provider,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { pageOf, sandboxProvider } from '../../../fixtures';

describe('ProviderPage', () => {
  it('says in words what works there and what does not', async () => {
    await renderAdmin('/providers/sandbox');
    expect(
      await screen.findByRole('heading', { name: 'Tyk sandbox' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Revocation is not safe here: switch its session cache off.',
      ),
    ).toBeInTheDocument();
    const capabilities = screen.getByRole('list', { name: 'Capabilities' });
    expect(capabilities).toHaveTextContent('Works: Policies can be written.');
    expect(capabilities).toHaveTextContent(
      'Does not work: There is no usage: switch analytics on.',
    );
    // What stands above is not said twice.
    expect(capabilities).not.toHaveTextContent('Revocation');
    expect(screen.getByText('http://127.0.0.1:8181')).toBeInTheDocument();
    const sections = screen.getByRole('navigation', {
      name: 'Sections of Tyk sandbox',
    });
    expect(
      within(sections)
        .getAllByRole('link')
        .map(link => link.textContent),
    ).toEqual([
      'Status',
      'Synchronisation',
      'Drift (1)',
      'APIs',
      'Import review',
    ]);
  });

  it.each<[string, Partial<Provider>]>([
    [
      'Revocation is safe here: a key that is taken away is refused at once, also while it is being called.',
      { revocation: 'safe' },
    ],
    [
      'Revocation is not safe here: a key that is taken away may go on working while it is being called.',
      { revocation: 'unsafe', findings: [] },
    ],
    [
      'It is not known yet whether revocation is safe here.',
      { revocation: 'unknown' },
    ],
  ])('says “%s”', async (words, provider) => {
    await renderAdmin('/providers/sandbox', {
      getProvider: async () => ({ ...sandboxProvider, ...provider }),
    });
    expect(await screen.findByText(words)).toBeInTheDocument();
  });

  it.each([
    ['is none', new NotFoundError('no provider unknown')],
    ['is none for the caller', new NotAllowedError('Only others may')],
  ])('leads back where there %s', async (_, error) => {
    await renderAdmin('/providers/unknown', {
      getProvider: async () => {
        throw error;
      },
    });
    expect(
      await screen.findByRole('heading', {
        name: 'There is no such provider, or it is not for you',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText(error.message)).not.toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'All providers' }),
    ).toHaveAttribute('href', '/api-products/admin/providers');
  });
});

describe('ProviderApis', () => {
  it('lists APIs with their sign-in and what stands for them in the catalog, and searches them', async () => {
    const user = await renderAdmin('/providers/sandbox/apis');
    const table = await screen.findByRole('table', {
      name: 'APIs of Tyk sandbox',
    });
    const row = (name: string) =>
      within(table).getByRole('rowheader', { name }).closest('tr');
    expect(row('Payments')).toHaveTextContent('Key/payments/paymentsActive');
    expect(row('Returns')).toHaveTextContent('not linked');
    expect(row('Reports')).toHaveTextContent('JWT/reports/');
    expect(row('Reports')).toHaveTextContent('Switched off');

    const search = screen.getByRole('searchbox', { name: 'Search APIs' });
    await user.type(search, 'jwt');
    await waitFor(() =>
      expect(screen.queryByRole('rowheader', { name: 'Payments' })).toBeNull(),
    );
    expect(
      screen.getByRole('rowheader', { name: 'Reports' }),
    ).toBeInTheDocument();
    await user.type(search, ' nothing');
    expect(await screen.findByText('No API matches')).toBeInTheDocument();
  });

  it('takes back what was agreed to, and says before and after that keys stay', async () => {
    const decideProviderApi = jest.fn(async () => ({ api: 'a1' }));
    const till: ProviderApi = {
      id: 'a1',
      name: 'Till',
      listenPath: '/till/',
      active: true,
      authentication: 'auth-token',
    };
    const user = await renderAdmin('/providers/sandbox/apis', {
      decideProviderApi,
      listProviderApis: async () =>
        pageOf([
          {
            ...till,
            agreements: decideProviderApi.mock.calls.length
              ? []
              : [
                  {
                    product: 'apiproduct:default/desk',
                    title: 'Desk',
                    owner: 'group:default/shop-team',
                    agreedBy: 'user:default/paula',
                    agreedAt: '2026-11-20T10:00:00.000Z',
                  },
                ],
          },
        ]),
    });
    await user.click(
      await screen.findByRole('button', {
        name: 'Take back that Desk opens Till',
      }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Take back that Desk opens Till?',
    });
    expect(dialog).toHaveTextContent('Keys that exist stay');
    await user.click(within(dialog).getByRole('button', { name: 'Take back' }));
    expect(
      await screen.findByText(
        'Desk may not open Till any longer: it gets no new keys. Keys that exist go on.',
      ),
    ).toBeInTheDocument();
    expect(decideProviderApi).toHaveBeenCalledWith('sandbox', {
      api: 'a1',
      product: 'apiproduct:default/desk',
      withdraw: true,
    });
    await waitFor(() =>
      expect(screen.queryByText('Agreed to')).not.toBeInTheDocument(),
    );
  });

  it('lets a platform owner decide whose an API is, and agree to a product of others', async () => {
    const decideProviderApi = jest.fn(async () => ({ api: 'a1' }));
    const user = await renderAdmin('/providers/sandbox/apis', {
      decideProviderApi,
      listProviderApis: async () =>
        pageOf([
          {
            id: 'a1',
            name: 'Till',
            listenPath: '/till/',
            active: true,
            authentication: 'auth-token',
            claims: [
              {
                entity: 'api:default/till',
                owner: 'group:default/payments-team',
                counts: true,
              },
              {
                entity: 'api:default/forged',
                owner: 'group:default/shop-team',
                counts: false,
              },
            ],
            heldBack: [
              {
                product: 'apiproduct:default/desk',
                title: 'Desk',
                owner: 'group:default/shop-team',
                reason: 'It may not open the API.',
              },
            ],
          },
        ]),
    });
    await user.click(
      await screen.findByRole('button', {
        name: 'It is theirs: api:default/forged',
      }),
    );
    expect(decideProviderApi).toHaveBeenLastCalledWith('sandbox', {
      api: 'a1',
      entity: 'api:default/forged',
    });
    expect(
      screen.getByText('Desk is held back. It may not open the API.'),
    ).toBeInTheDocument();
    await user.click(
      await screen.findByRole('button', {
        name: 'Agree that Desk opens Till',
      }),
    );
    expect(decideProviderApi).toHaveBeenLastCalledWith('sandbox', {
      api: 'a1',
      product: 'apiproduct:default/desk',
    });
  });

  it('says that there is none', async () => {
    await renderAdmin('/providers/sandbox/apis', {
      listProviderApis: async () => pageOf([]),
    });
    expect(
      await screen.findByText('The provider has no APIs'),
    ).toBeInTheDocument();
  });
});
