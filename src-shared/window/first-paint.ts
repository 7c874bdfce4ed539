import { environmentOf } from '../servers/authorization-server-address.ts';
import type { ConsoleState, LicenseView } from './console-state.ts';
import { type IconName, iconShapes } from './icon-shapes.ts';
import { railPages } from './place.ts';
import type { ServerProfile } from '../servers/server-profile.ts';
import { saysMeaning, type ShownStatus, shownStatus, statusPlace } from '../license/shown-status.ts';
import { statusActions } from '../license/status-actions.ts';
import { statusIcon, statusTone } from '../license/status-tone.ts';
import { words } from '../words/words.ts';

/**
 * The page before any script has run: title, License Status, what it means, and the license fields. It has the classes of the
 * real page, so that nothing moves when that page takes over. Pure and escaped; without style attributes, because of the page's CSP.
 */
export function firstPaintMarkup(state: ConsoleState): string {
  const status = shownStatus(state);
  const split = state.pane.open && status !== 'first_run';
  const page = `<main class="page" data-face="${status}"><div class="page-body">${breadcrumb()}${pageOf(status, state)}</div></main>`;
  return [
    '<div class="frame">',
    titleBar(state),
    rail(status),
    split
      ? `<div class="workspace" data-split="${roundedSplit(state.pane.splitPercent)}">${page}<div class="pane"></div></div>`
      : page,
    '</div>',
  ].join('');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}

const roundedSplit = (percent: number): number => Math.min(90, Math.max(10, Math.round(percent / 5) * 5));

function icon(name: IconName, size = ''): string {
  return `<svg class="icon${size}" viewBox="0 0 24 24" aria-hidden="true"><path d="${iconShapes[name]}"/></svg>`;
}

function titleBar({ profile, servers, isSandbox }: ConsoleState): string {
  if (!profile) return `<header class="title-bar"><span class="title-name">${words.frame.productName}</span></header>`;
  const { host, kind } = environmentOf(profile.issuer, { isSandbox });
  const tone = kind === 'sandbox' ? ' data-tone="caution"' : '';
  const badge = kind ? `<span class="badge"${tone}>${words.frame.environments[kind].label}</span>` : '';
  return [
    '<header class="title-bar">',
    serverName(profile, servers),
    `<span class="title-environment"><span class="title-environment-label">${words.frame.environmentLabel}: </span>${escapeHtml(host)}</span>${badge}`,
    '</header>',
  ].join('');
}

function serverName(profile: ServerProfile, servers: ConsoleState['servers']): string {
  const { serverOption, editions } = words.frame;
  if (servers.length < 2) {
    return `<span class="title-name">${escapeHtml(profile.serverName)}</span><span class="badge">${editions[profile.edition]}</span>`;
  }
  const licensed = servers.find(({ id }) => id === profile.id)?.licensed ?? false;
  const shown = serverOption(profile.serverName, editions[profile.edition], licensed);
  return `<select class="title-name server-choice"><option>${escapeHtml(shown)}</option></select><button type="button" class="icon-button">${icon('board')}</button>`;
}

function rail(status: ShownStatus): string {
  const items = railPages(status === 'first_run').map((page) => {
    const current = page === 'license' ? ' aria-current="page"' : '';
    return `<button type="button" class="rail-item"${current}>${icon(page)}<span>${escapeHtml(words.frame.pages[page])}</span></button>`;
  });
  return `<nav class="rail" aria-label="${words.frame.railLabel}">${items.join('')}</nav>`;
}

function breadcrumb(): string {
  return `<p class="breadcrumb">${words.frame.breadcrumb.map((part) => `<span>${part}</span>`).join('<span aria-hidden="true">/</span>')}</p>`;
}

function pageOf(status: ShownStatus, state: ConsoleState): string {
  const meaning = escapeHtml(words.license.statusMeaning(status, state.license, state.clock));
  if (status === 'first_run') {
    return `<h1 data-license-status="${status}">${words.firstRun.pageTitle}</h1><p class="lede">${meaning}</p>`;
  }
  if (statusPlace(state) === 'badge')
    return `${badgedTitle(status, state.license)}${saysMeaning(state) ? `<p class="lede">${meaning}</p>` : ''}`;
  const tone = statusTone(status, state.license);
  return [
    `<h1>${words.license.pageTitle}</h1>`,
    `<section class="status-card" data-tone="${tone}">${icon(statusIcon(tone), ' status-icon')}`,
    `<div class="status-text">${headline(status)}<p class="status-meaning">${meaning}</p></div>${statusButtons(state)}</section>`,
    '<section class="clocks clocks-unpainted"></section>',
    fieldList(state),
  ].join('');
}

/** The buttons of the status, so that the text next to them wraps as in the real page. They work once the script has run. */
function statusButtons(state: ConsoleState): string {
  const { removeAndReacquire, openAuthorizationServer } = words.license;
  const labels = { reacquire: removeAndReacquire, open_server: openAuthorizationServer, check: words.check.action };
  const buttons = statusActions(state).map(({ act, look }) => {
    const sign = act === 'check' ? icon('reload') : '';
    return `<button type="button" class="button" data-look="${look}">${sign}<span>${labels[act]}</span></button>`;
  });
  return buttons.length > 0 ? `<div class="status-actions">${buttons.join('')}</div>` : '';
}

/** The content below it depends on the steps or the question there, so the script adds it. */
function badgedTitle(status: ShownStatus, license: LicenseView | null): string {
  const tone = statusTone(status, license);
  return [
    `<div class="page-head"><h1>${words.license.pageTitle}</h1>`,
    `<span class="status-badge" data-tone="${tone}">${icon(statusIcon(tone))}${headline(status)}</span></div>`,
  ].join('');
}

function headline(status: ShownStatus): string {
  return `<h2 class="status-headline" data-license-status="${status}">${words.license.statusHeadlines[status]}</h2>`;
}

function fieldList({ license }: ConsoleState): string {
  if (!license) return '';
  const rows = words.license.fields(license).map(({ field, label, value, exact, absent }) => {
    const title = exact === undefined ? '' : ` title="${escapeHtml(exact)}"`;
    const missing = absent ? ' data-absent="true"' : '';
    return `<div class="field"><dt>${label}</dt><dd><span class="field-value" data-field="${field}"${missing}${title}>${escapeHtml(value)}</span></dd></div>`;
  });
  return `<section class="details card"><h2 class="section-heading">${words.license.detailsHeading}</h2><dl class="fields">${rows.join('')}</dl></section>`;
}
