import { screen } from '@testing-library/react';

import type { CalledApi } from 'backstage-plugin-api-products-common';
import { renderWithApi } from '../../__testUtils__/renderWithApi';
import { Calls } from './Calls';

const api = (fields: Partial<CalledApi>): CalledApi => ({
  title: 'Orders',
  address: 'https://gateway.example.com/orders/',
  keyPlaces: [{ in: 'header', name: 'X-Key' }],
  alongside: [],
  notes: [],
  ...fields,
});

const show = (...apis: CalledApi[]) =>
  renderWithApi(
    <Calls
      usage={{ headerName: 'Authorization', headerPrefix: '', apis }}
      presented={{ key: 'abc' }}
      copyLabel="Copy"
    />,
  );

describe('how APIs are called', () => {
  it('says for each of several where its key goes', async () => {
    await show(
      api({}),
      api({
        title: 'Refunds',
        address: 'https://refunds.example.com/',
        keyPlaces: [{ in: 'query', name: 'api_key' }],
        notes: ['Only gateways tagged edge serve it.'],
      }),
    );
    expect(
      screen.getByText('The key goes in the header X-Key.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        "curl -H 'X-Key: abc' https://gateway.example.com/orders/",
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'The key goes in the query parameter api_key. Only gateways tagged edge serve it.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText("curl 'https://refunds.example.com/?api_key=abc'"),
    ).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Refunds' })).toBeVisible();
  });

  it('shows no command where nobody knows the address', async () => {
    await show(api({ address: undefined, notes: ['Its path is a pattern.'] }));
    expect(screen.getByText(/Its path is a pattern\./)).toBeInTheDocument();
    expect(screen.queryByText(/curl/)).toBeNull();
  });
});
