import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { type FieldWords, words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { CopyButton } from '../controls/CopyButton.tsx';

/** The license fields, each with a copy button. */
export function LicenseDetails({ license }: { readonly license: LicenseView }) {
  return (
    <section className="details card" aria-labelledby="details-heading">
      <h2 className="section-heading" id="details-heading">
        {words.license.detailsHeading}
      </h2>
      <dl className="fields">
        {words.license.fields(license).map((field) => (
          <Field key={field.field} {...field} />
        ))}
      </dl>
    </section>
  );
}

function Field({ field, label, value, exact, absent }: FieldWords) {
  return (
    <div className="field">
      <dt>{label}</dt>
      <dd>
        <span className="field-value" data-testid={`field-${field}`} data-absent={absent || undefined} title={exact}>
          {value}
        </span>
        {exact === undefined ? null : <span className="visually-hidden">{exact}</span>}
        {absent ? null : (
          <CopyButton
            label={words.license.copyField(label)}
            copied={words.license.copiedField(label)}
            copy={() => call('license.copy_field', { field })}
          />
        )}
      </dd>
    </div>
  );
}
