/** The frame of every page: the banner, the signed-in user, the breadcrumb. */
import { formToken } from './form-parts.ts';
import { type Html, html } from './html.ts';
import type { PageAnswer, PageVisit } from './page-visit.ts';

type Page = Exclude<PageAnswer, { redirect: string }>;

export function pageLayout(visit: PageVisit, page: Page): string {
  const user = visit.state.records.user(visit.session.username ?? '');
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · Sandbox Authorization server</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${visit.href('/assets/pages.css')}">
</head>
<body>
<header>
<div class="banner"><strong>Sandbox Authorization server</strong> <span>for trials and tests only</span></div>
<div class="bar"><a class="home" href="${visit.href('/organizations')}">Fusion licensing</a>${
    user &&
    html`<form method="post" action="${visit.href('/sign-out')}" class="who">${formToken(visit.session)}<span>${user.name}</span>
      <button class="quiet">Sign out</button></form>`
  }</div>
</header>
<main>
${trail(visit, page)}
<h1>${page.title}</h1>
${page.body}
</main>
</body>
</html>`;
  return document.markup;
}

function trail(visit: PageVisit, page: Page): Html | false {
  const steps = page.trail ?? [];
  if (steps.length === 0) return false;
  return html`<nav aria-label="Way to this page" class="trail"><ol>${steps.map(
    ({ name, path }) => html`<li><a href="${visit.href(path)}">${name}</a></li>`,
  )}<li aria-current="page">${page.title}</li></ol></nav>`;
}
