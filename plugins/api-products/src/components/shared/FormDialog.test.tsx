import { useState } from 'react';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApi } from '../../__testUtils__/renderWithApi';
import { FormDialog } from './FormDialog';

function Form({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  return (
    <FormDialog
      title="A form"
      submit="Save"
      submitting="Saving"
      busy={false}
      filled={text !== ''}
      failed="Not saved"
      refusals={0}
      onSubmit={() => {}}
      onClose={onClose}
    >
      <input
        aria-label="Text"
        value={text}
        onChange={event => setText(event.target.value)}
      />
    </FormDialog>
  );
}

describe('FormDialog', () => {
  async function open() {
    const onClose = jest.fn();
    await renderWithApi(<Form onClose={onClose} />);
    return { onClose, user: userEvent.setup({ delay: null }) };
  }
  const question = () =>
    screen.queryByRole('dialog', { name: 'Discard what you filled in?' });

  it('closes by Esc where nothing is filled in', async () => {
    const { onClose, user } = await open();
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('asks before Esc throws a filled form away', async () => {
    const { onClose, user } = await open();
    await user.type(screen.getByLabelText('Text'), 'a');
    await user.keyboard('{Escape}');
    expect(question()).toBeInTheDocument();
    expect(onClose).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('asks before reload and back throw it away', async () => {
    const { onClose, user } = await open();
    await user.type(screen.getByLabelText('Text'), 'a');
    const reload = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(reload);
    expect(reload.defaultPrevented).toBe(true);
    act(() => {
      // What a step back leaves on top of the history.
      window.history.replaceState(null, '');
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    expect(question()).toBeInTheDocument();
    expect(onClose).not.toHaveBeenCalled();
  });
});
