import { describe, expect, test } from 'vitest';
import { escapeHtml, firstPaintMarkup } from '../../../../src-shared/window/first-paint.ts';
import { shownStatus } from '../../../../src-shared/license/shown-status.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

const names = Object.keys(consoleStates);

describe(`the first paint of ${names.length} states`, () => {
  test.each(names)('shows the status without inline styles or scripts: %s', (name) => {
    const state = consoleStateOf(name);
    const markup = firstPaintMarkup(state);
    expect(markup).toContain(`data-license-status="${shownStatus(state)}"`);
    expect(markup).not.toMatch(/\sstyle=|<script|\son\w+=/i);
  });

  test.each(names)('shows the status where the page shows it, and says there what it means: %s', (name) => {
    const state = consoleStateOf(name);
    const status = shownStatus(state);
    if (status === 'first_run') return;
    const markup = firstPaintMarkup(state);
    const isAcquiring = state.acquisition.state !== 'idle';
    expect(markup.includes('class="status-card"')).toBe(state.license !== null && !isAcquiring);
    expect(markup.includes('class="status-badge"')).toBe(state.license === null || isAcquiring);
    expect(markup.includes('class="lede"')).toBe(status === 'not_licensed' && !isAcquiring);
  });

  test('shows the seven fields of a license', () => {
    const state = consoleStateOf('licensed');
    const markup = firstPaintMarkup(state);
    if (!state.license) throw new Error('no license');
    for (const { label, value } of words.license.fields(state.license)) {
      expect(markup).toContain(`<dt>${label}</dt>`);
      expect(markup).toContain(escapeHtml(value));
    }
  });

  test('does not advise removing a license whose end is in doubt', () => {
    const { removeAndReacquire } = words.license;
    const [certain, inDoubt] = ['expired', 'clock-in-doubt-expired'].map((name) =>
      firstPaintMarkup(consoleStateOf(name)),
    );
    expect(certain).toContain(removeAndReacquire);
    expect(certain).toContain('must be removed and re-acquired');
    expect(inDoubt).not.toContain(removeAndReacquire);
    expect(inDoubt).toContain(words.attention.clockInDoubt.expired);
    expect(inDoubt).not.toContain('re-acquired');
  });

  test('turns no text of a server or a person into markup', () => {
    const state = consoleStateOf('licensed');
    if (!state.license || !state.profile) throw new Error('no license');
    const hostile = `"><img src=x onerror=alert(1)>'&`;
    const markup = firstPaintMarkup({
      ...state,
      profile: { ...state.profile, serverName: hostile, issuer: hostile },
      license: {
        ...state.license,
        details: {
          ...state.license.details,
          serverId: hostile,
          features: [hostile],
          hub: { name: hostile, url: hostile },
        },
      },
    });
    expect(markup).not.toContain('<img');
    expect(markup).not.toContain(hostile);
  });
});
