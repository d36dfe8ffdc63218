import { testMeters } from '../testing/metrics';
import { createInstruments } from './instruments';
import { observeQueue } from './observeQueue';

const lane = {
  jobs: { queued: 2, later: 1, running: 1, failed: 0 },
  oldestSeconds: 7.5,
};

describe('observing the queue', () => {
  const begin = (read = jest.fn(async () => new Map([['portal', lane]]))) => {
    const meters = testMeters();
    const instruments = createInstruments(
      meters.provider.getMeter('backstage-plugin-api-products'),
    );
    const stop = observeQueue(instruments, read);
    const values = async (name: string) =>
      (await meters.collect())
        .find(metric => metric.name === name)
        ?.points.map(({ attributes, value }) => [attributes, value]);
    return { read, stop, values };
  };

  it('reads nothing as long as nobody collects, and once for depth and age', async () => {
    const { read, values } = begin();
    expect(read).not.toHaveBeenCalled();
    expect(await values('api_products.queue.depth')).toEqual([
      [{ lane: 'portal', state: 'queued' }, 2],
      [{ lane: 'portal', state: 'later' }, 1],
      [{ lane: 'portal', state: 'running' }, 1],
      [{ lane: 'portal', state: 'failed' }, 0],
    ]);
    expect(read).toHaveBeenCalledTimes(1);
    expect(await values('api_products.queue.oldest.age')).toEqual([
      [{ lane: 'portal' }, 7.5],
    ]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('reads again after some seconds', async () => {
    const { read, values } = begin();
    await values('api_products.queue.depth');
    const later = performance.now() + 5_000;
    const now = jest.spyOn(performance, 'now').mockReturnValue(later);
    await values('api_products.queue.depth');
    now.mockRestore();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('keeps no failure', async () => {
    const read = jest
      .fn(async () => new Map([['portal', lane]]))
      .mockRejectedValueOnce(new Error('The database is away'));
    const { values } = begin(read);
    await expect(values('api_products.queue.depth')).rejects.toThrow('away');
    expect(await values('api_products.queue.oldest.age')).toHaveLength(1);
  });

  it('reads nothing after its end', async () => {
    const { read, stop, values } = begin();
    stop();
    await values('api_products.queue.depth');
    expect(read).not.toHaveBeenCalled();
  });
});
