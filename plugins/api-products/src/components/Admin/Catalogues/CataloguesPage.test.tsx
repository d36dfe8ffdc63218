import { screen, waitFor, within } from '@testing-library/react';
import type { Catalogue } from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { internalCatalogue, pageOf } from '../../../fixtures';

const partners: Catalogue = {
  ...internalCatalogue,
  id: 'catalogue-partners',
  revision: 5,
  ref: 'apicatalogue:default/partners',
  name: 'partners',
  title: 'Partner APIs',
  visibility: 'private',
  audience: ['group:default/partners', 'user:default/pat'],
  origin: 'portal',
  actions: ['edit', 'delete', 'list'],
};

const listCatalogues = async () => pageOf([internalCatalogue, partners]);

/** Opens Partner APIs to everybody, but does not save yet. */
async function openToEverybody(user: Awaited<ReturnType<typeof renderAdmin>>) {
  await user.click(
    await screen.findByRole('button', { name: 'Edit Partner APIs' }),
  );
  const dialog = await screen.findByRole('dialog', {
    name: 'Edit catalogue Partner APIs',
  });
  await user.selectOptions(
    within(dialog).getByRole('combobox', { name: 'Seen by' }),
    'Every signed-in user',
  );
  return dialog;
}

describe('CataloguesPage', () => {
  it('lists catalogues with who sees them', async () => {
    await renderAdmin('/catalogues', { listCatalogues });
    const row = (name: string) =>
      screen.getByRole('rowheader', { name }).closest('tr');
    await screen.findByRole('rowheader', { name: 'Partner APIs' });
    expect(row('Internal APIs')).toHaveTextContent('Every signed-in user');
    expect(row('Partner APIs')).toHaveTextContent('partners, patMade here');
    expect(
      screen.queryByRole('button', { name: 'Edit Internal APIs' }),
    ).toBeNull();
  });

  it('adds a private catalogue with its audience', async () => {
    const createCatalogue = jest.fn(async () => partners);
    const user = await renderAdmin('/catalogues', {
      listCatalogues,
      createCatalogue,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Add catalogue' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Add catalogue' });
    const choose = async (name: RegExp, text: string, option: RegExp) => {
      await user.type(within(dialog).getByRole('textbox', { name }), text);
      await user.click(await screen.findByRole('option', { name: option }));
    };
    await user.type(
      within(dialog).getByRole('textbox', { name: /^Name/ }),
      'Pilot',
    );
    await choose(/^Audience/, 'shop', /shop-team/);
    await choose(/^Publishers/, 'pay', /payments-team/);
    await choose(/^Owner/, 'plat', /platform-owners/);
    await user.dblClick(
      within(dialog).getByRole('button', { name: 'Save catalogue' }),
    );
    expect(
      await screen.findByText('Partner APIs is saved.'),
    ).toBeInTheDocument();
    expect(createCatalogue).toHaveBeenCalledTimes(1);
    expect(createCatalogue).toHaveBeenCalledWith({
      name: 'pilot',
      title: 'Pilot',
      owner: 'group:default/platform-owners',
      visibility: 'private',
      audience: ['group:default/shop-team'],
      publishers: ['group:default/payments-team'],
    });
  });

  it('leaves nobody named as publisher', async () => {
    const updateCatalogue = jest.fn(async () => partners);
    const user = await renderAdmin('/catalogues', {
      listCatalogues: async () =>
        pageOf([{ ...partners, publishers: ['group:default/shop-team'] }]),
      updateCatalogue,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Edit Partner APIs' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Edit catalogue Partner APIs',
    });
    await user.type(
      within(dialog).getByRole('textbox', { name: /^Publishers/ }),
      '{Backspace}',
    );
    await user.click(
      within(dialog).getByRole('button', { name: 'Save catalogue' }),
    );
    await waitFor(() =>
      expect(updateCatalogue).toHaveBeenCalledWith(
        { namespace: 'default', name: 'partners' },
        { revision: 5, publishers: null },
      ),
    );
  });

  it('changes who sees one', async () => {
    const updateCatalogue = jest.fn(async () => partners);
    const user = await renderAdmin('/catalogues', {
      listCatalogues,
      updateCatalogue,
    });
    const dialog = await openToEverybody(user);
    expect(
      within(dialog).queryByRole('textbox', { name: /^Audience/ }),
    ).toBeNull();
    await user.click(
      within(dialog).getByRole('button', { name: 'Save catalogue' }),
    );
    await waitFor(() =>
      expect(updateCatalogue).toHaveBeenCalledWith(
        { namespace: 'default', name: 'partners' },
        { revision: 5, visibility: 'public' },
      ),
    );
  });

  it('changes the newest one if somebody else was quicker', async () => {
    const updateCatalogue = jest
      .fn(async () => partners)
      .mockImplementationOnce(
        refuses(409, 'revision: it has been changed', {
          code: 'changed-since',
        }),
      );
    const getCatalogue = jest.fn(async () => ({
      ...partners,
      revision: 6,
      title: 'Partners',
    }));
    const user = await renderAdmin('/catalogues', {
      listCatalogues,
      updateCatalogue,
      getCatalogue,
    });
    const dialog = await openToEverybody(user);
    const save = () =>
      within(dialog).getByRole('button', { name: 'Save catalogue' });
    await user.click(save());
    await user.click(
      await within(dialog).findByRole('button', { name: /newest version$/ }),
    );
    expect(
      await within(dialog).findByText(/^Your changes are kept/),
    ).toBeInTheDocument();
    await user.click(save());
    await waitFor(() =>
      expect(updateCatalogue).toHaveBeenLastCalledWith(
        { namespace: 'default', name: 'partners' },
        { revision: 6, visibility: 'public' },
      ),
    );
    expect(getCatalogue).toHaveBeenCalledWith({
      namespace: 'default',
      name: 'partners',
    });
  });

  it('deletes one after its name was typed, and says why it was not', async () => {
    const deleteCatalogue = jest
      .fn(async () => {})
      .mockImplementationOnce(refuses(409, 'products stand in it'));
    const user = await renderAdmin('/catalogues', {
      listCatalogues,
      deleteCatalogue,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Delete Partner APIs' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Delete Partner APIs?',
    });
    await user.type(
      await within(dialog).findByRole('textbox', {
        name: 'Type partners to confirm',
      }),
      'partners',
    );
    const confirm = within(dialog).getByRole('button', { name: 'Delete' });
    await user.click(confirm);
    expect(
      await within(dialog).findByText(
        'It was not deleted: products stand in it',
      ),
    ).toBeInTheDocument();
    await user.click(confirm);
    expect(
      await screen.findByText('Partner APIs is deleted.'),
    ).toBeInTheDocument();
  });
});
