/** The style sheet of the pages. It works from 300 px up, which covers a narrow pane at 200 % zoom. */
export const pageStyle = `
:root {
  color-scheme: light;
  --ink: #1d2433; --soft: #55607a; --line: #d9dee8; --field: #8a94a8; --paper: #fff; --ground: #f4f6f9;
  --accent: #0f5f73; --accent-dark: #0a4656; --bad: #a4262c; --bad-soft: #fdf1f1; --good: #14693a; --good-soft: #edf8f1;
  --info-soft: #eaf4f7; --sand: #ffe9b8; --sand-ink: #573d00;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
.banner { background: var(--sand); color: var(--sand-ink); padding: .4rem 1.25rem; font-size: .875rem; border-bottom: 1px solid #e8c979; }
.banner span::before { content: "· "; }
.bar { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between; padding: .5rem 1.25rem; background: var(--paper); border-bottom: 1px solid var(--line); min-height: 3rem; }
.home { font-weight: 650; color: var(--ink); text-decoration: none; }
.who { display: flex; align-items: center; gap: .75rem; font-size: .875rem; color: var(--soft); }
main { max-width: 56rem; margin: 0 auto; padding: 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .25rem 0 1rem; letter-spacing: -.01em; }
h2 { font-size: 1.125rem; margin: 0; }
p { margin: 0 0 .75rem; }
a { color: var(--accent); text-underline-offset: .15em; }
a:hover { color: var(--accent-dark); }
:focus-visible { outline: 3px solid #3c9db3; outline-offset: 2px; border-radius: 3px; }
.lead { color: var(--soft); max-width: 40rem; }
.trail ol { list-style: none; display: flex; flex-wrap: wrap; margin: 0 0 .5rem; padding: 0; font-size: .875rem; color: var(--soft); }
.trail li + li::before { content: "›"; margin: 0 .5rem; }
.card, section { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 1.25rem; margin: 0 0 1.25rem; }
.card.narrow { max-width: 28rem; }
.section-head, .page-actions { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; margin-bottom: .75rem; }
.page-actions { justify-content: flex-start; margin-bottom: 1.25rem; }
.field { margin-bottom: 1rem; }
.field label { display: block; font-weight: 600; margin-bottom: .25rem; }
.field.check { display: flex; gap: .5rem; align-items: center; }
.field.check label { margin: 0; }
.field.check input { width: 1.125rem; height: 1.125rem; accent-color: var(--accent); }
input:not([type=checkbox]), select { width: 100%; max-width: 28rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--field); border-radius: 5px; padding: .5rem .625rem; min-height: 2.75rem; }
input[type=number], input[type=date] { max-width: 12rem; }
[aria-invalid] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad); }
.code-field { font: 600 1.125rem/1.4 ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; letter-spacing: .06em; }
.hint { color: var(--soft); font-size: .875rem; margin: .25rem 0 0; }
.field-error { color: var(--bad); font-size: .9375rem; margin: .25rem 0 0; }
button, .button { display: inline-block; font: inherit; font-weight: 600; line-height: 1.4; cursor: pointer; text-decoration: none; border-radius: 5px; border: 1px solid var(--accent); background: var(--accent); color: #fff; padding: .55rem 1.1rem; min-height: 2.75rem; }
button:hover, .button:hover { background: var(--accent-dark); border-color: var(--accent-dark); color: #fff; }
.plain { background: var(--paper); color: var(--accent); }
.danger { background: var(--paper); color: var(--bad); border-color: var(--bad); }
.danger:hover { background: var(--bad); border-color: var(--bad); color: #fff; }
.quiet { background: none; border: 0; color: var(--accent); padding: .25rem; min-height: 0; font-weight: 500; text-decoration: underline; text-underline-offset: .15em; }
.quiet:hover { background: none; color: var(--accent-dark); }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin-top: 1.25rem; }
.notice { border: 1px solid; border-left-width: 5px; border-radius: 6px; padding: .75rem 1rem; margin-bottom: 1.25rem; max-width: 44rem; }
.notice p { margin: 0; }
.notice-headline { font-weight: 650; }
.notice.success { border-color: var(--good); background: var(--good-soft); }
.notice.success .notice-headline { color: var(--good); font-size: 1.0625rem; }
.notice.success .notice-headline::before { content: "✓ "; }
.notice.error { border-color: var(--bad); background: var(--bad-soft); }
.notice.error .notice-headline { color: var(--bad); }
.notice.info { border-color: var(--accent); background: var(--info-soft); }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td, .tag, dt { overflow-wrap: break-word; }
td .sub { overflow-wrap: anywhere; }
.whole { white-space: nowrap; }
th { text-align: left; color: var(--soft); font-weight: 600; font-size: .8125rem; padding: .25rem .625rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: bottom; }
td { padding: .6rem .625rem .6rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
.name { font-weight: 600; }
.sub { display: block; color: var(--soft); font-size: .8125rem; }
.actions { display: flex; flex-wrap: wrap; gap: .25rem .9rem; }
.empty { color: var(--soft); margin: 0; }
.tag { display: inline-block; border-radius: 999px; padding: 0 .55rem; font-size: .8125rem; font-weight: 600; background: var(--ground); color: var(--soft); border: 1px solid var(--line); }
.tag.good { background: var(--good-soft); color: var(--good); border-color: #b7dfc6; }
.tag.bad { background: var(--bad-soft); color: var(--bad); border-color: #efc4c6; }
.question { font-size: 1.125rem; font-weight: 600; }
.question code { font: 600 1.125rem ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace; letter-spacing: .04em; white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .35rem 1.25rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
@media (max-width: 36rem) {
  table, tbody, tr, td { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .75rem 0; border-bottom: 1px solid var(--line); }
  tr:first-child { padding-top: 0; }
  tr:last-child { border-bottom: 0; padding-bottom: 0; }
  td { border: 0; padding: .1rem 0; display: grid; grid-template-columns: minmax(7.5rem, 32%) minmax(0, 1fr); gap: .75rem; }
  td::before { content: attr(data-label); color: var(--soft); font-size: .875rem; }
  td[data-label="Name"], td[data-label="Actions"] { display: block; padding-top: .15rem; }
  td[data-label="Name"]::before, td[data-label="Actions"]::before { content: none; }
}
@media (max-width: 22rem) {
  main { padding: 1rem .75rem; }
  .banner, .bar { padding-inline: .75rem; }
  .card, section { padding: 1rem; }
  dl, td { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .5rem; }
}
`;
