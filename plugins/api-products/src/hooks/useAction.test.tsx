import { act, renderHook } from '@testing-library/react';
import { useAction } from './useAction';

describe('useAction', () => {
  it('does one thing at a time', async () => {
    let finish: (value: string) => void = () => {};
    const call = jest.fn(
      () =>
        new Promise<string>(resolve => {
          finish = resolve;
        }),
    );
    const { result } = renderHook(() => useAction(call));
    await act(async () => {
      const first = result.current.run();
      await expect(result.current.run()).resolves.toBeUndefined();
      finish('done');
      await expect(first).resolves.toBe('done');
    });
    expect(call).toHaveBeenCalledTimes(1);
    expect(result.current.busy).toBe(false);
  });

  it('keeps why it failed until it is tried again', async () => {
    const call = jest
      .fn(async () => 'done')
      .mockRejectedValueOnce(new Error('refused'));
    const { result } = renderHook(() => useAction(call));
    await act(async () => {
      await expect(result.current.run()).resolves.toBeUndefined();
    });
    expect(result.current.error?.message).toBe('refused');
    await act(async () => {
      await expect(result.current.run()).resolves.toBe('done');
    });
    expect(result.current.error).toBeUndefined();
  });
});
