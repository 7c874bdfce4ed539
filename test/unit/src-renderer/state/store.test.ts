import { expect, it } from 'vitest';
import { createStore } from '../../../../src-renderer/state/store.ts';

it('shows a listener each new value, until the listener leaves', () => {
  const store = createStore('first');
  const heard: string[] = [];
  const leave = store.subscribe(() => heard.push(store.get()));
  store.set('second');
  leave();
  store.set('third');
  expect(heard).toEqual(['second']);
  expect(store.get()).toBe('third');
});

it('calls every listener', () => {
  const store = createStore(0);
  const heard: string[] = [];
  store.subscribe(() => heard.push('one'));
  store.subscribe(() => heard.push('two'));
  store.set(1);
  expect(heard).toEqual(['one', 'two']);
});
