import { act, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter, useNavigate } from 'react-router-dom';
import { useSaid } from './useSaid';

let go: ReturnType<typeof useNavigate>;

function Page() {
  const [said, say] = useSaid();
  go = useNavigate();
  return (
    <>
      <p role="status">{said}</p>
      <button onClick={() => say('Gold is saved.')}>Save</button>
      <button>Edit</button>
    </>
  );
}

describe('what was done last', () => {
  const status = () => screen.getByRole('status');
  const press = (name: string) => fireEvent.click(screen.getByText(name));

  beforeEach(() => {
    render(
      <MemoryRouter initialEntries={['/plans']}>
        <Page />
      </MemoryRouter>,
    );
    press('Save');
  });

  it('stands until something else is pressed', () => {
    fireEvent.click(status());
    expect(status()).toHaveTextContent('Gold is saved.');
    press('Edit');
    expect(status()).toBeEmptyDOMElement();
  });

  it('stands until the address is another one', () => {
    act(() => go('/plans', { state: 'the same' }));
    expect(status()).toHaveTextContent('Gold is saved.');
    act(() => go('/plans?q=gold'));
    expect(status()).toBeEmptyDOMElement();
  });

  it('can be said again', () => {
    press('Save');
    expect(status()).toHaveTextContent('Gold is saved.');
  });
});
