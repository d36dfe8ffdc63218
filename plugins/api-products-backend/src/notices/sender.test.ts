import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import { mockServices } from '@backstage/backend-test-utils';
import { DefaultNotificationService } from '@backstage/plugin-notifications-node';
import { testClock, type TestClock } from '../testing/clock';
import { createSender } from './sender';

const HOUR = 60 * 60_000;

/** Another plugin's backend behind HTTP, or none: Backstage's own client asks it. */
describe('notifications', () => {
  let answer: RequestListener;
  let server: Server;
  let port: number;
  let lines: string[];
  let send: ReturnType<typeof createSender>;
  let clock: TestClock;

  const listen = async (where: number) => {
    server = createServer((request, response) => answer(request, response));
    await once(server.listen(where, '127.0.0.1'), 'listening');
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('no port');
    ({ port } = address);
  };
  const hangUp = async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  const says =
    (status: number): RequestListener =>
    (_, response) => {
      response.writeHead(status, { Connection: 'close' }).end('[]');
    };

  const notice = {
    recipients: { type: 'entity' as const, entityRef: ['user:default/dana'] },
    payload: { title: 'Something has happened' },
  };
  const sendThree = () =>
    Promise.all([send(notice), send(notice), send(notice)]);

  beforeEach(async () => {
    await listen(0);
    lines = [];
    const say = (line: string) => lines.push(line);
    clock = testClock();
    send = createSender({
      clock,
      logger: mockServices.logger.mock({ info: say, warn: say }),
      notifications: DefaultNotificationService.create({
        auth: mockServices.auth(),
        discovery: mockServices.discovery.mock({
          getBaseUrl: async () => `http://127.0.0.1:${port}`,
        }),
      }),
    });
  });

  afterEach(hangUp);

  it('are sent, and nothing is said about it', async () => {
    answer = says(200);
    expect(await sendThree()).toEqual(Array(3).fill({ kind: 'done' }));
    expect(lines).toEqual([]);
  });

  it('are let go where no backend for them is installed, which is said once, and asked once in an hour', async () => {
    let asked = 0;
    answer = (request, response) => {
      asked += 1;
      says(404)(request, response);
    };
    await send(notice);
    expect(await sendThree()).toEqual(Array(3).fill({ kind: 'done' }));
    clock.advance(59 * 60_000);
    expect(await send(notice)).toEqual({ kind: 'done' });
    expect(asked).toBe(1);
    clock.advance(60_000);
    expect(await send(notice)).toEqual({ kind: 'done' });
    expect(asked).toBe(2);
    expect(lines).toEqual([
      expect.stringContaining('no notifications backend'),
    ]);
  });

  it('are sent again when a backend for them appears, and it is said when that goes', async () => {
    const titles: string[] = [];
    answer = says(404);
    await send(notice);
    answer = (request, response) => {
      request.on('data', data => {
        titles.push(JSON.parse(data.toString()).payload.title);
      });
      request.on('end', () => says(200)(request, response));
    };
    clock.advance(HOUR);
    await sendThree();
    expect(titles).toEqual(Array(3).fill('Something has happened'));
    answer = says(404);
    await sendThree();
    expect(lines).toEqual([
      expect.stringContaining('no notifications backend'),
      expect.stringContaining('told again'),
      expect.stringContaining('no notifications backend'),
    ]);
  });

  it('wait for a backend that does not answer, which is said once', async () => {
    await hangUp();
    const waits = { kind: 'wait', ms: 60_000, reason: expect.any(String) };
    expect(await sendThree()).toEqual([waits, waits, waits]);
    expect(await send(notice)).toEqual(waits);
    await listen(port);
    answer = says(200);
    expect(await send(notice)).toEqual({ kind: 'done' });
    expect(lines).toEqual([
      expect.stringContaining('does not answer'),
      expect.stringContaining('told again'),
    ]);
  });

  it('fail where the backend for them refuses, as any other job', async () => {
    answer = says(400);
    await expect(send(notice)).rejects.toThrow('status 400');
    expect(lines).toEqual([]);
  });
});
