import { useEffect, useState } from 'react';
import type { LicenseView } from '../../src-shared/console-state.ts';
import { type FieldWords, words } from '../../src-shared/words/words.ts';
import { call } from '../bridge.ts';
import { announce } from '../frame/announcer.ts';
import { IconButton } from '../frame/Button.tsx';

/** The seven fields of the seed, each of which can be copied. */
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
        {absent ? null : <CopyField field={field} label={label} />}
      </dd>
    </div>
  );
}

function CopyField({ field, label }: Pick<FieldWords, 'field' | 'label'>) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const fading = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(fading);
  }, [copied]);
  const copy = async () => {
    const outcome = await call('license.copy_field', { field });
    setCopied(outcome.ok);
    announce(outcome.ok ? words.license.copiedField(label) : words.failureWords(outcome.failure).headline);
  };
  return (
    <span className="field-copy" data-copied={copied || undefined}>
      <IconButton icon={copied ? 'check' : 'copy'} label={words.license.copyField(label)} onPress={() => void copy()} />
    </span>
  );
}
