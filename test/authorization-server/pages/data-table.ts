/** A table that becomes a stack of cards on narrow pages. The roles keep it a table for screen readers. */
import { type Html, html } from './html.ts';

export function dataTable(options: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (Html | string)[])[];
  readonly empty: string;
}): Html {
  if (options.rows.length === 0) return html`<p class="empty">${options.empty}</p>`;
  const heads = options.columns.map((column) => html`<th scope="col" role="columnheader">${column}</th>`);
  const rows = options.rows.map(
    (cells) =>
      html`<tr role="row">${cells.map((cell, index) => html`<td role="cell" data-label="${options.columns[index] ?? ''}">${cell}</td>`)}</tr>`,
  );
  return html`<table role="table" aria-label="${options.label}"><thead role="rowgroup"><tr role="row">${heads}</tr></thead>
    <tbody role="rowgroup">${rows}</tbody></table>`;
}
