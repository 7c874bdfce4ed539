import { beforeEach, expect, it } from 'vitest';
import { ClockSetting, settingLimitMs } from '../../../../src-main/time/clock-setting.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';

let clock: FakeClock;
let timer: HandTimer;
let setting: ClockSetting;

beforeEach(() => {
  clock = new FakeClock();
  clock.wallErrorMs = -86_400_000;
  timer = new HandTimer(clock);
  setting = new ClockSetting(clock, timer);
});

it('sees that the clock was set while it waits', async () => {
  setting.begin();
  const waited = setting.wasSet();
  await timer.advance(5_000);
  clock.wallErrorMs = 0;
  await timer.advance(1_000);
  expect(await waited).toBe(true);
  expect(timer.count).toBe(0);
});

it('sees at once that the clock was set before it waited', async () => {
  setting.begin();
  clock.wallErrorMs = 0;
  expect(await setting.wasSet()).toBe(true);
});

it('gives up after its time, also if the clock was only moved a little', async () => {
  setting.begin();
  const waited = setting.wasSet();
  clock.wallErrorMs += 500;
  await timer.advance(settingLimitMs);
  expect(await waited).toBe(false);
  expect(timer.count).toBe(0);
});

it('takes a change before the beginning for what the clock was', async () => {
  clock.wallErrorMs = 0;
  setting.begin();
  const waited = setting.wasSet();
  await timer.advance(settingLimitMs);
  expect(await waited).toBe(false);
});
