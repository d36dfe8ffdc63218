import { screen, waitFor, within } from '@testing-library/react';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import { internalCatalogue, ordersV2 } from '../../../fixtures';

type User = Awaited<ReturnType<typeof renderAdmin>>;

async function openNew(user: User) {
  await user.click(await screen.findByRole('button', { name: 'Add product' }));
  return screen.findByRole('dialog', { name: 'Add product' });
}

/** Types in a field and takes the option. */
async function choose(
  user: User,
  dialog: HTMLElement,
  field: RegExp,
  text: string,
  option: RegExp,
) {
  await user.type(within(dialog).getByRole('textbox', { name: field }), text);
  await user.click(await screen.findByRole('option', { name: option }));
}

const field = (dialog: HTMLElement, name: RegExp) =>
  within(dialog).getByRole('textbox', { name });

describe('ProductDialog', () => {
  it('makes a product of the provider’s APIs, with one request', async () => {
    const createProduct = jest.fn(async () => ordersV2);
    const user = await renderAdmin('/products', { createProduct });
    const dialog = await openNew(user);
    expect(field(dialog, /^Name/)).toHaveFocus();
    await user.paste('Returns & Refunds');
    expect(field(dialog, /^Identifier/)).toHaveValue('returns-refunds');
    await user.click(field(dialog, /^Description/));
    await user.paste('Send things back.');
    await user.click(field(dialog, /^Gateway endpoint/));
    await user.paste('https://gateway.example.com/returns/');
    await user.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Provider' }),
      await within(dialog).findByRole('option', { name: 'Tyk sandbox' }),
    );
    await choose(user, dialog, /^APIs/, 'pay', /Payments — Key, \/payments\//);
    await choose(user, dialog, /^APIs/, 'ret', /Returns — Key/);
    expect(
      await within(dialog).findByText('Consumers sign in with: Key'),
    ).toBeInTheDocument();
    await choose(user, dialog, /^Owner/, 'shop', /shop-team/);
    await choose(user, dialog, /^Catalogues/, 'int', /Internal APIs/);
    await user.dblClick(within(dialog).getByRole('button', { name: 'Save' }));

    expect(
      await screen.findByText('Orders API v2 is saved.'),
    ).toBeInTheDocument();
    expect(createProduct).toHaveBeenCalledTimes(1);
    expect(createProduct).toHaveBeenCalledWith({
      name: 'returns-refunds',
      title: 'Returns & Refunds',
      description: 'Send things back.',
      gatewayEndpoint: 'https://gateway.example.com/returns/',
      provider: 'sandbox',
      apis: [
        { ref: 'api:default/payments', providerApiId: 'api-payments' },
        { providerApiId: 'api-returns' },
      ],
      owner: 'group:default/shop-team',
      catalogues: [internalCatalogue.ref],
      lifecycle: 'draft',
    });
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });

  it('refuses mixed sign-ins in words beside the field, before anything is sent', async () => {
    const createProduct = jest.fn();
    const user = await renderAdmin('/products', { createProduct });
    const dialog = await openNew(user);
    await user.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Provider' }),
      await within(dialog).findByRole('option', { name: 'Tyk sandbox' }),
    );
    await choose(user, dialog, /^APIs/, 'pay', /Payments/);
    await choose(user, dialog, /^APIs/, 'rep', /Reports — JWT/);
    const words =
      'A product has one sign-in for all of its APIs, but these differ: Payments (Key), Reports (JWT)';
    expect(await within(dialog).findByText(words)).toBeInTheDocument();
    expect(field(dialog, /^APIs/)).toBeInvalid();
    await user.type(field(dialog, /^Name/), 'Mixed');
    await choose(user, dialog, /^Owner/, 'shop', /shop-team/);
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(createProduct).not.toHaveBeenCalled();
    expect(field(dialog, /^APIs/)).toHaveFocus();
  });

  it('says what is missing, at the fields, and leads to the first of them', async () => {
    const user = await renderAdmin('/products');
    const dialog = await openNew(user);
    await user.type(field(dialog, /^Gateway endpoint/), 'gateway');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(field(dialog, /^Name/)).toBeInvalid();
    expect(field(dialog, /^Name/)).toHaveFocus();
    expect(field(dialog, /^Owner/)).toBeInvalid();
    expect(field(dialog, /^Gateway endpoint/)).toHaveAccessibleDescription(
      'A web address that starts with https:// or http://',
    );
  });

  it('says a refusal at the field that it names, and loses nothing', async () => {
    const user = await renderAdmin('/products', {
      createProduct: refuses(409, 'name: orders-v2 is taken'),
    });
    const dialog = await openNew(user);
    await user.type(field(dialog, /^Name/), 'Orders v2');
    await choose(user, dialog, /^Owner/, 'shop', /shop-team/);
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(field(dialog, /^Identifier/)).toHaveAccessibleDescription(
        'orders-v2 is taken',
      ),
    );
    expect(field(dialog, /^Identifier/)).toHaveFocus();
    expect(field(dialog, /^Name/)).toHaveValue('Orders v2');
    await user.type(field(dialog, /^Identifier/), 'b');
    expect(field(dialog, /^Identifier/)).toBeValid();
  });

  it('sends only what was changed, of the revision that was looked at', async () => {
    const updateProduct = jest.fn(async () => ordersV2);
    const user = await renderAdmin('/products', { updateProduct });
    await user.click(
      await screen.findByRole('button', { name: 'Edit Orders API v2' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Edit Orders API v2',
    });
    expect(
      within(dialog).queryByRole('textbox', { name: /^Ident/ }),
    ).toBeNull();
    expect(await within(dialog).findByText('Returns')).toBeInTheDocument();
    await user.clear(field(dialog, /^Description/));
    await user.selectOptions(
      within(dialog).getByRole('combobox', { name: 'Status' }),
      'Deprecated',
    );
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(updateProduct).toHaveBeenCalledTimes(1));
    expect(updateProduct).toHaveBeenCalledWith(
      { namespace: 'default', name: 'orders-v2' },
      { revision: 7, description: null, lifecycle: 'deprecated' },
    );
  });

  it('puts one’s changes on the newest version if somebody else was quicker', async () => {
    const newest = {
      ...ordersV2,
      revision: 8,
      description: 'Somebody else’s words',
      owner: 'group:default/shop-team',
    };
    const updateProduct = jest
      .fn(async () => newest)
      .mockImplementationOnce(
        refuses(409, 'revision: Orders API v2 has been changed since', {
          code: 'changed-since',
        }),
      );
    const getProduct = jest
      .fn(async () => newest)
      .mockImplementationOnce(refuses(503, 'the database is busy'));
    const user = await renderAdmin('/products', { updateProduct, getProduct });
    await user.click(
      await screen.findByRole('button', { name: 'Edit Orders API v2' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Edit Orders API v2',
    });
    const take = () =>
      within(dialog).getByRole('button', {
        name: 'Put my changes on the newest version',
      });
    const save = () => within(dialog).getByRole('button', { name: 'Save' });
    await user.clear(field(dialog, /^Name/));
    await user.type(field(dialog, /^Name/), 'Orders 2');
    await user.click(save());
    expect(
      await within(dialog).findByText(
        'The product was not saved: somebody has changed it since you looked at it',
      ),
    ).toBeInTheDocument();
    await user.click(take());
    expect(
      await within(dialog).findByText(
        'The newest version could not be read: the database is busy',
      ),
    ).toBeInTheDocument();
    await user.click(take());
    expect(
      await within(dialog).findByText(/^Your changes are kept/),
    ).toBeInTheDocument();
    expect(field(dialog, /^Name/)).toHaveValue('Orders 2');
    expect(field(dialog, /^Description/)).toHaveValue('Somebody else’s words');
    expect(updateProduct).toHaveBeenCalledTimes(1);
    await user.click(save());
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(updateProduct).toHaveBeenLastCalledWith(
      { namespace: 'default', name: 'orders-v2' },
      { revision: 8, title: 'Orders 2' },
    );
  });

  it('is left with Escape once that is asked, but not by a click beside it', async () => {
    const user = await renderAdmin('/products');
    const dialog = await openNew(user);
    await user.keyboard('Half a na');
    const beside = dialog.parentElement;
    if (beside) {
      await user.click(beside);
    }
    expect(field(dialog, /^Name/)).toHaveValue('Half a na');
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });
});
