/** The parts of the pages' forms: labelled fields with error messages. */
import { attribute, Html, html } from './html.ts';
import type { Notice, PageSession } from './page-sessions.ts';

interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly autofocus?: boolean;
}

export interface TextFieldOptions extends FieldOptions {
  readonly value?: string | undefined;
  readonly type?: 'text' | 'password' | 'number' | 'date' | 'url';
  readonly autocomplete?: string;
  readonly isCode?: boolean;
}

export function textField(options: TextFieldOptions): Html {
  return field(
    options,
    html`<input id="${options.name}" name="${options.name}" type="${options.type ?? 'text'}" value="${options.value ?? ''}"
      autocomplete="${options.autocomplete ?? 'off'}" autocapitalize="none" spellcheck="false"${states(options)}${
        options.isCode === true && new Html(' class="code-field" maxlength="40"')
      }>`,
  );
}

export interface ChoiceGroup {
  readonly label?: string;
  readonly choices: readonly { readonly value: string; readonly name: string }[];
}

export interface SelectFieldOptions extends FieldOptions {
  readonly value?: string | undefined;
  readonly groups: readonly ChoiceGroup[];
  /** The label of the empty option. */
  readonly placeholder?: string;
}

export function selectField(options: SelectFieldOptions): Html {
  const option = (value: string, name: string): Html =>
    html`<option value="${value}"${attribute('selected', value === (options.value ?? ''))}>${name}</option>`;
  const groups = options.groups.map(({ label, choices }) => {
    const inner = choices.map(({ value, name }) => option(value, name));
    return label === undefined
      ? html`${inner}`
      : choices.length > 0 && html`<optgroup label="${label}">${inner}</optgroup>`;
  });
  return field(
    options,
    html`<select id="${options.name}" name="${options.name}"${states(options)}>${
      options.placeholder !== undefined && option('', options.placeholder)
    }${groups}</select>`,
  );
}

export function checkboxField(options: FieldOptions & { readonly checked: boolean }): Html {
  return html`<div class="field check"><input id="${options.name}" name="${options.name}" type="checkbox" value="yes"${attribute(
    'checked',
    options.checked,
  )}><label for="${options.name}">${options.label}</label></div>`;
}

function field(options: FieldOptions, control: Html): Html {
  return html`<div class="field"><label for="${options.name}">${options.label}</label>${control}${
    options.error !== undefined && html`<p class="field-error" id="${options.name}-error">${options.error}</p>`
  }${options.hint !== undefined && html`<p class="hint" id="${options.name}-hint">${options.hint}</p>`}</div>`;
}

function states(options: FieldOptions): Html {
  const described = [
    options.error !== undefined && `${options.name}-error`,
    options.hint !== undefined && `${options.name}-hint`,
  ].filter((id) => id !== false);
  return html`${attribute('required', options.required ?? false)}${attribute('autofocus', options.autofocus ?? false)}${
    options.error !== undefined && new Html(' aria-invalid="true"')
  }${described.length > 0 && html` aria-describedby="${described.join(' ')}"`}`;
}

/** The token in every form that protects against cross-site request forgery. */
export function formToken(session: PageSession): Html {
  return html`<input type="hidden" name="form-token" value="${session.formToken}">`;
}

export function noticeBox(notice: Notice | undefined): Html {
  if (notice === undefined) return html``;
  return html`<div class="notice ${notice.tone}" role="${notice.tone === 'error' ? 'alert' : 'status'}">
    <p class="notice-headline">${notice.headline}</p>${notice.detail !== undefined && html`<p>${notice.detail}</p>`}</div>`;
}

/** Shows the notice that an earlier page left, once. */
export function takeNotice(session: PageSession): Html {
  const { notice } = session;
  session.notice = undefined;
  return noticeBox(notice);
}
