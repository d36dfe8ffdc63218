import { screen, waitFor, within } from '@testing-library/react';
import type {
  ApiProductsApi,
  Product,
} from 'backstage-plugin-api-products-common';
import { renderAdmin } from '../../../__testUtils__/renderAdmin';
import { refuses } from '../../../__testUtils__/renderWithApi';
import {
  internalCatalogue,
  pageOf,
  returnsProduct,
  silverPlan,
} from '../../../fixtures';

const PATH = '/providers/sandbox/imports';

const article = (name: string) => screen.findByRole('article', { name });

describe('ImportReview', () => {
  it('publishes an imported product with the owner, the catalogue and the plan that were chosen', async () => {
    let products = [returnsProduct];
    const updateProduct = jest.fn(async (): Promise<Product> => {
      products = [];
      return returnsProduct;
    });
    const listProducts = jest.fn(async () => pageOf(products));
    const user = await renderAdmin(PATH, { listProducts, updateProduct });
    const row = await article('Returns');
    expect(row).toHaveTextContent('1 API');
    expect(listProducts).toHaveBeenCalledWith(
      expect.objectContaining({ origin: ['provider'], lifecycle: ['draft'] }),
      expect.anything(),
    );

    const publish = within(row).getByRole('button', {
      name: 'Publish Returns',
    });
    await user.click(publish);
    expect(
      await within(row).findByText('Choose a catalogue, or nobody sees it'),
    ).toBeInTheDocument();
    expect(updateProduct).not.toHaveBeenCalled();

    const choose = async (field: RegExp, text: string, option: RegExp) => {
      const input = within(row).getByRole('textbox', { name: field });
      await user.clear(input);
      await user.type(input, text);
      await user.click(await screen.findByRole('option', { name: option }));
    };
    await choose(/Owner/, 'shop', /shop-team/);
    await choose(/Catalogues/, 'int', /Internal APIs/);
    await choose(/Plans/, 'sil', /Silver/);
    await user.dblClick(publish);

    expect(
      await screen.findByText('Returns is published.'),
    ).toBeInTheDocument();
    expect(updateProduct).toHaveBeenCalledTimes(1);
    expect(updateProduct).toHaveBeenCalledWith(
      { namespace: 'default', name: 'returns' },
      {
        revision: 4,
        owner: 'group:default/shop-team',
        catalogues: [internalCatalogue.ref],
        plans: [silverPlan.ref],
        lifecycle: 'active',
      },
    );
    await waitFor(() => expect(row).not.toBeInTheDocument());
  });

  it('keeps what was filled in when the server refuses, and says why at the field', async () => {
    const user = await renderAdmin(PATH, {
      updatePlan: refuses(400, 'catalogues: internal is not yours'),
    });
    const row = await article('Silver');
    await user.type(
      within(row).getByRole('textbox', { name: /Catalogues/ }),
      'int',
    );
    await user.click(await screen.findByRole('option', { name: /Internal/ }));
    await user.click(within(row).getByRole('button', { name: 'Save Silver' }));
    expect(
      await within(row).findByText('internal is not yours'),
    ).toBeInTheDocument();
    expect(
      within(row).getByRole('textbox', { name: /Catalogues/ }),
    ).toBeInvalid();
    expect(within(row).getByText('Internal APIs')).toBeInTheDocument();
  });

  it('asks the server for what is of the provider and was not looked at yet, page by page', async () => {
    const listProducts = jest.fn<
      ReturnType<ApiProductsApi['listProducts']>,
      Parameters<ApiProductsApi['listProducts']>
    >(async ({ cursor } = {}) =>
      pageOf(cursor ? [] : [returnsProduct], {
        ...(!cursor && { nextCursor: 'next' }),
      }),
    );
    const listPlans = jest.fn(async () => pageOf([]));
    const user = await renderAdmin(PATH, { listProducts, listPlans });
    await article('Returns');
    expect(listPlans).toHaveBeenCalledWith(
      expect.objectContaining({
        origin: ['provider'],
        provider: 'sandbox',
        unlisted: true,
      }),
      expect.anything(),
    );
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    await waitFor(() =>
      expect(listProducts).toHaveBeenLastCalledWith(
        expect.objectContaining({ provider: 'sandbox', cursor: 'next' }),
        expect.anything(),
      ),
    );
    expect(await article('Returns')).toBeInTheDocument();
  });

  it('says where nothing waits', async () => {
    await renderAdmin(PATH, {
      listProducts: async () => pageOf([]),
      listPlans: async () => pageOf([]),
    });
    expect(
      await screen.findByRole('heading', { name: 'Nothing waits for review' }),
    ).toBeInTheDocument();
  });

  it('says why nothing can be shown', async () => {
    await renderAdmin(PATH, { listPlans: refuses(500, 'broken') });
    expect(await screen.findByText('broken')).toBeInTheDocument();
  });
});
