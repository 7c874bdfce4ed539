import { describe, expect, test } from 'vitest';
import { endInOrder, OrderlyEnd } from '../../../../src-main/start/orderly-end.ts';
import { settled } from '../../../fakes/until.ts';

function end(closing: Promise<void>) {
  const happened: string[] = [];
  const orderly = new OrderlyEnd(
    () => {
      happened.push('close');
      return closing;
    },
    () => happened.push('exit'),
  );
  const quit = () => orderly.willQuit({ preventDefault: () => happened.push('prevented') });
  return { happened, quit };
}

describe('the end of the application', () => {
  test('waits until everything is stored, even if it is requested twice', async () => {
    let resolve = () => {};
    const promise = new Promise<void>((done) => {
      resolve = done;
    });
    const { happened, quit } = end(promise);
    quit();
    quit();
    await settled();
    expect(happened).toEqual(['prevented', 'close', 'prevented']);
    resolve();
    await settled();
    expect(happened).toEqual(['prevented', 'close', 'prevented', 'exit']);
  });

  test('comes even if closing fails', async () => {
    const { happened, quit } = end(Promise.reject(new Error('closing broke')));
    quit();
    await settled();
    expect(happened).toEqual(['prevented', 'close', 'exit']);
  });
});

test('the parts end one after another, even if the end of one fails', async () => {
  const ended: string[] = [];
  const part = (name: string, thrown?: Error) => async () => {
    await settled();
    ended.push(name);
    if (thrown) throw thrown;
  };
  const thrower = () => {
    throw new Error('at once');
  };
  await endInOrder([thrower, part('channel', new Error('a file that cannot be removed')), part('tokens')]);
  expect(ended).toEqual(['channel', 'tokens']);
});
