/**
 * Moves the focus within a new dialog to what the person does next: the first field that is empty, the first choice that is not made, or
 * else the first field that can be changed. Leaves the focus where the browser put it if there is no such field.
 */
export function focusFirstAction(dialog: HTMLElement): void {
  const fields = [...dialog.querySelectorAll('input')].filter((field) => !field.readOnly && field.checkVisibility());
  (fields.find((field) => isOpen(field, fields)) ?? fields[0])?.focus();
}

function isOpen(field: HTMLInputElement, fields: readonly HTMLInputElement[]): boolean {
  if (field.type === 'radio') return !fields.some(({ name, checked }) => name === field.name && checked);
  return field.type !== 'checkbox' && field.value === '';
}
